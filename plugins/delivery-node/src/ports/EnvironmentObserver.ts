// SPDX-License-Identifier: Apache-2.0
import type {
  EntityRef,
  EnvironmentName,
  Observation,
  SourceState,
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
}
