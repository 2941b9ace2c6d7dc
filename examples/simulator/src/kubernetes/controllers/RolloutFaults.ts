// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { KubernetesObject } from '../model/KubernetesObject';

/** How a rollout goes wrong. */
export const rolloutFailureSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('crash-loop'),
    /** What the container says when it ends. */
    message: z.string().optional(),
  }),
  z.object({ kind: z.literal('image-pull'), message: z.string().optional() }),
]);

/** How a rollout goes wrong. */
export type RolloutFailure = z.infer<typeof rolloutFailureSchema>;

/** A workload whose next rollout is to fail. */
export interface WorkloadName {
  namespace: string;
  name: string;
}

const savedSchema = z.object({
  pending: z.record(z.string(), rolloutFailureSchema).default({}),
  broken: z.record(z.string(), rolloutFailureSchema).default({}),
});

/**
 * Which rollouts fail.
 *
 * @remarks
 * A failure is first pending for a workload. The next new revision of that workload takes it,
 * and stays broken for good, as a bad image would, while every other revision works.
 */
export class RolloutFaults {
  readonly #pending: Map<string, RolloutFailure>;
  readonly #broken: Map<string, RolloutFailure>;

  /** Starts with what {@link RolloutFaults.toJSON} gave. */
  constructor(saved: unknown = {}) {
    const { pending, broken } = savedSchema.parse(saved);
    this.#pending = new Map(Object.entries(pending));
    this.#broken = new Map(Object.entries(broken));
  }

  /** Makes the next rollout of a workload fail. */
  failNext(workload: WorkloadName, failure: RolloutFailure): void {
    this.#pending.set(`${workload.namespace}/${workload.name}`, failure);
  }

  /** Takes back every failure of a workload, pending or taken. */
  heal(workload: WorkloadName): void {
    const prefix = `${workload.namespace}/${workload.name}`;
    this.#pending.delete(prefix);
    for (const key of this.#broken.keys()) {
      if (key.slice(0, key.lastIndexOf('-')) === prefix) {
        this.#broken.delete(key);
      }
    }
  }

  /** Tells that a workload begins a new revision, which takes a pending failure. */
  beginRevision(workload: WorkloadName & { revision: string }): void {
    const key = `${workload.namespace}/${workload.name}`;
    const failure = this.#pending.get(key);
    if (failure) {
      this.#pending.delete(key);
      this.#broken.set(`${key}-${workload.revision}`, failure);
    }
  }

  /** The failure a Pod suffers from, when its revision is broken. */
  of(pod: KubernetesObject): RolloutFailure | undefined {
    const { labels = {}, namespace, ownerReferences } = pod.metadata;
    const owner = ownerReferences?.find(each => each.controller);
    if (!owner) {
      return undefined;
    }
    // A Job has one revision: itself.
    const revision =
      labels['controller-revision-hash'] ??
      (owner.kind === 'Job' ? plain(owner.uid) : undefined);
    const name = revision ? `${owner.name}-${revision}` : owner.name;
    return this.#broken.get(`${namespace}/${name}`);
  }

  toJSON(): JsonObject {
    return {
      pending: Object.fromEntries(this.#pending),
      broken: Object.fromEntries(this.#broken),
    };
  }
}

/** A `uid` without its dashes, so that it ends a name as a hash does. */
export function plain(uid: string): string {
  return uid.replaceAll('-', '');
}
