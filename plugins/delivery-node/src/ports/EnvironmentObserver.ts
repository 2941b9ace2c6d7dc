// SPDX-License-Identifier: Apache-2.0
import type {
  EntityRef,
  EnvironmentName,
  Observation,
  SourceState,
  WorkloadLogs,
} from 'backstage-plugin-delivery-common';

import type { Clock } from './Clock';

/** What is to be watched: one Service in one Environment. @public */
export type ObservationTarget = {
  service: EntityRef;
  environment: EnvironmentName;
  cluster: string;
  namespace: string;
  /** A label selector in Kubernetes' own form, e.g. `backstage.io/kubernetes-id=orders`. */
  selector: string;
  /**
   * Set when another Service's pattern gives the same namespace: then the
   * namespace must name this entity itself, or it is refused.
   */
  contested?: boolean;
};

/** The targets, which change as the catalog does. @public */
export interface ObservationTargets {
  current(): readonly ObservationTarget[];
  /** Calls back after each change, until the signal is aborted. */
  onChange(listener: () => void, options: { signal: AbortSignal }): void;
}

/** Which log is wanted, and how much of it at most. @public */
export type LogRequest = {
  service: EntityRef;
  environment: EnvironmentName;
  /** The one that fails, or the first, when it is left out. */
  pod?: string;
  container?: string;
  /** The container that ran before the last restart. */
  previous: boolean;
  mostBytes: number;
  /** Aborted when it takes too long; what came until then is the answer. */
  signal: AbortSignal;
};

/**
 * Watches what runs.
 *
 * @remarks
 * `observe` returns at once or when watching has begun, and goes on until the
 * signal is aborted. An Observation is given when something of it changed.
 * A source that cannot be seen is told as `stale`; its last Observations stay
 * what they are.
 * @public
 */
export interface EnvironmentObserver {
  /** Short and unique: `kubernetes`. */
  readonly id: string;
  observe(
    targets: ObservationTargets,
    options: {
      onObservation(observation: Observation): void;
      onSource(state: SourceState): void;
      /** Where every time told comes from; the machine's own when absent. */
      clock?: Clock;
      signal: AbortSignal;
    },
  ): Promise<void>;
  /**
   * Reads what the Pods of one target wrote lately, for an observer that can.
   *
   * @remarks
   * Only Pods that belong to the target are read, whatever is asked for. Answers
   * `undefined` when another observer watches this target.
   * @throws NotFoundError when the Pod is none of the target's.
   */
  readLogs?(request: LogRequest): Promise<WorkloadLogs | undefined>;
}
