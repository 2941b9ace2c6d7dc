// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SimulatorClock } from '../../clock';
import { formatTime } from '../model/formatTime';
import type { KindTable } from '../model/KindTable';
import type { KubernetesObject } from '../model/KubernetesObject';
import type { ObjectKey, ObjectStore } from '../store/ObjectStore';

/** Something worth telling about an object. */
export interface RecordedEvent {
  about: KubernetesObject;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** Who says it, for example `kubelet`. */
  component: string;
}

const KEPT = 1_000;

const savedEventSchema = z
  .object({
    involvedObject: z
      .object({ uid: z.string().default('') })
      .default({ uid: '' }),
    reason: z.string().default(''),
    message: z.string().default(''),
    count: z.number().default(1),
  })
  .transform(event => ({ ...event, about: event.involvedObject.uid }));

/** Writes Event objects; the same sentence about the same object is counted, not repeated. */
export class EventRecorder {
  readonly #store: ObjectStore;
  readonly #kinds: KindTable;
  readonly #clock: SimulatorClock;
  readonly #known = new Map<string, { key: ObjectKey; count: number }>();

  constructor(options: {
    store: ObjectStore;
    kinds: KindTable;
    clock: SimulatorClock;
  }) {
    this.#store = options.store;
    this.#kinds = options.kinds;
    this.#clock = options.clock;
    const kind = this.#kinds.get('Event');
    for (const event of this.#store.list(kind)) {
      const { about, reason, message, count } = savedEventSchema.parse(event);
      const { namespace, name } = event.metadata;
      this.#known.set(`${about} ${reason} ${message}`, {
        key: { kind, namespace, name },
        count,
      });
    }
  }

  record(event: RecordedEvent): void {
    const { about, reason, message } = event;
    const identity = `${about.metadata.uid} ${reason} ${message}`;
    const known = this.#known.get(identity);
    const lastTimestamp = formatTime(this.#clock.now());
    if (known && this.#store.find(known.key)) {
      known.count += 1;
      const { count } = known;
      this.#store.replace(known.key, live => ({
        ...live,
        count,
        lastTimestamp,
      }));
      return;
    }
    const key = this.#insert(event, lastTimestamp);
    if (key) {
      this.#known.set(identity, { key, count: 1 });
      this.#forgetOldest();
    }
  }

  #insert(event: RecordedEvent, now: string): ObjectKey | undefined {
    const { about, type, reason, message, component } = event;
    const kind = this.#kinds.get('Event');
    const { uid, resourceVersion, name: aboutName } = about.metadata;
    const namespace = about.metadata.namespace ?? 'default';
    const name = `${aboutName}.${randomBytes(8).toString('hex')}`;
    const home = { kind: this.#kinds.get('Namespace'), name: namespace };
    const open = this.#store.find(home);
    if (!open || open.metadata.deletionTimestamp !== undefined) {
      return undefined;
    }
    this.#store.insert(kind, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name: aboutName,
        namespace: about.metadata.namespace,
        uid,
        resourceVersion,
      },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      eventTime: null,
      source: { component },
      reportingComponent: component,
      reportingInstance: '',
    });
    return { kind, namespace, name };
  }

  #forgetOldest(): void {
    if (this.#known.size <= KEPT) {
      return;
    }
    for (const [identity, { key }] of this.#known) {
      this.#known.delete(identity);
      if (this.#store.find(key)) {
        this.#store.remove(key);
      }
      return;
    }
  }
}
