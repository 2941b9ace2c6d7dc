// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import {
  isFinal,
  type Approval,
  type EntityRef,
  type Override,
  type PromotionEvent,
  type SourceState,
} from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { DeliveryConfig, PathConfig } from '../config/DeliveryConfig';
import { listApprovals } from '../database/approvals';
import { listOverrides } from '../database/overrides';
import { listPromotionEvents } from '../database/promotionEvents';
import { findService, type StoredService } from '../database/services';
import type { ServiceFacts } from '../view/ServiceFacts';
import type { ChangeLog } from './ChangeLog';
import { loadServiceFacts } from './loadServiceFacts';

/**
 * What is remembered is loaded anew after so long, whatever was heard: a replica
 * may have ended before it could tell the others.
 */
const OLDEST_MS = 120_000;

const MOST_REMEMBERED = 5_000;

/** Who heard of a change has asked by then, and what else changed with it has been told. */
const RENEW_AFTER_MS = 250;

/** Everything stored of a Service that its page and its Decisions rest on. */
export type ServiceRecord = {
  service: StoredService;
  path: PathConfig;
  facts: ServiceFacts;
  /** What belongs to each Promotion that has not ended, by its id. */
  open: ReadonlyMap<string, OpenRecord>;
  /** The Overrides of the Service that nobody has reviewed yet. */
  reviews: readonly Override[];
};

/** What belongs to a Promotion that has not ended. */
export type OpenRecord = {
  approvals: readonly Approval[];
  overrides: readonly Override[];
  events: readonly PromotionEvent[];
};

type Entry = {
  version: number | undefined;
  at: number;
  record: Promise<ServiceRecord | undefined>;
  /** Whether anybody has seen it. */
  used: boolean;
};

/**
 * What is stored of Services, kept until something of it changes.
 *
 * @remarks
 * A change on this replica is forgotten here as soon as it is hinted at, one on
 * another replica within two seconds. What somebody has seen is loaded again soon
 * after it was forgotten, so that the next to look need not wait for it. For showing
 * only: whatever writes asks the database.
 */
export class ServiceMemory {
  readonly #room: { knex: Knex; clock: Clock; config: DeliveryConfig };
  readonly #changes: ChangeLog;
  readonly #signal: AbortSignal;
  readonly #entries = new Map<EntityRef, Entry>();
  readonly #wanted = new Set<EntityRef>();
  #renewing = false;

  constructor(options: {
    knex: Knex;
    clock: Clock;
    config: DeliveryConfig;
    changes: ChangeLog;
    signal: AbortSignal;
  }) {
    this.#room = options;
    this.#changes = options.changes;
    this.#signal = options.signal;
  }

  /** Something about a Service changed. */
  forget(service: EntityRef): void {
    const known = this.#entries.get(service);
    this.#entries.delete(service);
    if (known?.used && !this.#signal.aborted) {
      this.#wanted.add(service);
      this.#renew();
    }
  }

  /**
   * A Service as it is stored, with the sources as they are; `undefined` when it
   * is on no promotion path.
   */
  async of(
    service: EntityRef,
  ): Promise<
    { record: ServiceRecord; sources: readonly SourceState[] } | undefined
  > {
    const { sources, versions } = await this.#changes.standing();
    const entry = this.#entryOf(service, versions.get(service));
    entry.used = true;
    const record = await entry.record;
    return record && { record, sources };
  }

  #entryOf(service: EntityRef, version: number | undefined): Entry {
    const known = this.#entries.get(service);
    const now = performance.now();
    if (known && known.version === version && now - known.at < OLDEST_MS) {
      return known;
    }
    const record = this.#load(service);
    const entry = { version, at: now, record, used: false };
    this.#keep(service, entry);
    return entry;
  }

  /** One after the other, so that nobody waits for many. */
  #renew(): void {
    if (this.#renewing) {
      return;
    }
    this.#renewing = true;
    this.#renewWanted()
      // Whoever looks next loads it, and is told what is wrong.
      .catch(() => {})
      .finally(() => {
        this.#renewing = false;
      });
  }

  async #renewWanted(): Promise<void> {
    while (this.#wanted.size > 0) {
      await delay(RENEW_AFTER_MS, undefined, { signal: this.#signal });
      const services = [...this.#wanted];
      this.#wanted.clear();
      for (const service of services) {
        const { versions } = await this.#changes.standing();
        await this.#entryOf(service, versions.get(service)).record;
        this.#signal.throwIfAborted();
      }
    }
  }

  #keep(service: EntityRef, entry: Entry): void {
    if (this.#entries.size >= MOST_REMEMBERED) {
      this.#entries.clear();
    }
    this.#entries.set(service, entry);
    entry.record.then(
      record => record ?? this.#drop(service, entry),
      () => this.#drop(service, entry),
    );
  }

  #drop(service: EntityRef, entry: Entry): void {
    if (this.#entries.get(service) === entry) {
      this.#entries.delete(service);
    }
  }

  async #load(entityRef: EntityRef): Promise<ServiceRecord | undefined> {
    const { config, knex } = this.#room;
    const service = await findService(knex, entityRef);
    const path = service && config.paths.get(service.path);
    if (!service || !path) {
      return undefined;
    }
    const facts = await loadServiceFacts(this.#room, { service, path });
    const ids = facts.promotions
      .filter(({ phase }) => !isFinal(phase))
      .map(({ id }) => id);
    const given = { promotionIds: ids };
    const [approvals, overrides, reviews, events] = await Promise.all([
      ids.length > 0 ? listApprovals(knex, given) : [],
      ids.length > 0 ? listOverrides(knex, given) : [],
      listOverrides(knex, { service: entityRef, open: true }),
      Promise.all(ids.map(id => listPromotionEvents(knex, id))),
    ]);
    return {
      service,
      path,
      facts,
      reviews,
      open: new Map(
        ids.map((id, index) => [
          id,
          {
            approvals: approvals.filter(one => one.promotionId === id),
            overrides: overrides.filter(one => one.promotionId === id),
            events: events[index],
          },
        ]),
      ),
    };
  }
}
