// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type {
  Observation,
  SourceState,
  WorkloadLogs,
} from 'backstage-plugin-delivery-common';
import {
  systemClock,
  type Clock,
  type EnvironmentObserver,
  type LogRequest,
  type ObservationTarget,
  type ObservationTargets,
} from 'backstage-plugin-delivery-node';
import { ClusterWatch } from './ClusterWatch';
import type { ClusterSettings } from './config/ClusterSettings';
import type { ClusterConnection } from './connection/ClusterConnection';
import { HttpClusterConnection } from './connection/HttpClusterConnection';
import { MeteredConnection } from './connection/MeteredConnection';
import { WatchMeter } from './metrics/WatchMeter';
import { TargetWatch } from './view/TargetWatch';
import { defaultWatchTiming, type WatchTiming } from './watch/WatchTiming';

/**
 * Options of {@link KubernetesObserver.create}.
 *
 * @public
 */
export interface KubernetesObserverOptions {
  clusters: readonly ClusterSettings[];
  logger: LoggerService;
  /** How patient watches are; what suits a real cluster when absent. */
  timing?: Partial<WatchTiming>;
  /** A number from 0 to 1, for jitter. */
  random?(): number;
  /** Where it is told what watching costs. */
  metrics?: MetricsService;
}

/**
 * Sees what runs in Kubernetes clusters: one watch for each cluster, for all services.
 *
 * @public
 */
export class KubernetesObserver implements EnvironmentObserver {
  readonly id = 'kubernetes';
  readonly #clusters: ReadonlyMap<string, ClusterSettings>;
  readonly #logger: LoggerService;
  readonly #timing: WatchTiming;
  readonly #random: () => number;
  readonly #meter: WatchMeter | undefined;
  readonly #watches = new Map<string, ClusterWatch>();

  private constructor(options: KubernetesObserverOptions) {
    this.#clusters = new Map(options.clusters.map(each => [each.name, each]));
    this.#logger = options.logger;
    this.#timing = { ...defaultWatchTiming, ...options.timing };
    this.#random = options.random ?? Math.random;
    this.#meter = options.metrics && new WatchMeter(options.metrics);
  }

  static create(options: KubernetesObserverOptions): KubernetesObserver {
    return new KubernetesObserver(options);
  }

  async observe(
    targets: ObservationTargets,
    options: {
      onObservation(observation: Observation): void;
      onSource(state: SourceState): void;
      clock?: Clock;
      signal: AbortSignal;
    },
  ): Promise<void> {
    const { signal } = options;
    const watches = this.#watches;
    const strangers = new Map<string, TargetWatch>();
    const follow = () => {
      const byCluster = groupByCluster(targets.current());
      for (const name of new Set([...byCluster.keys(), ...watches.keys()])) {
        const here = byCluster.get(name) ?? [];
        const settings = this.#clusters.get(name);
        if (!settings) {
          this.#refuse(name, here, strangers, options);
          continue;
        }
        let watch = watches.get(name);
        if (!watch) {
          watch = this.#open(settings, options);
          watches.set(name, watch);
        }
        watch.setTargets(here);
      }
    };
    targets.onChange(follow, { signal });
    follow();
  }

  async readLogs(request: LogRequest): Promise<WorkloadLogs | undefined> {
    for (const watch of this.#watches.values()) {
      const logs = await watch.readLogs(request);
      if (logs) {
        return logs;
      }
    }
    return undefined;
  }

  #open(
    settings: ClusterSettings,
    options: {
      onObservation(observation: Observation): void;
      onSource(state: SourceState): void;
      clock?: Clock;
      signal: AbortSignal;
    },
  ): ClusterWatch {
    const meter = this.#meter;
    const plain: ClusterConnection = new HttpClusterConnection(settings);
    const connection = meter
      ? new MeteredConnection(plain, { meter, cluster: settings.name })
      : plain;
    const watch = new ClusterWatch({
      ...options,
      name: settings.name,
      connection,
      helmReleases: settings.helmReleases ?? false,
      meter,
      timing: this.#timing,
      clock: options.clock ?? systemClock,
      random: this.#random,
      logger: this.#logger.child({ cluster: settings.name }),
    });
    watch.start();
    meter?.follow(settings.name, watch);
    return watch;
  }

  #refuse(
    cluster: string,
    targets: readonly ObservationTarget[],
    strangers: Map<string, TargetWatch>,
    options: {
      onObservation(observation: Observation): void;
      onSource(state: SourceState): void;
      clock?: Clock;
    },
  ): void {
    const now = (options.clock ?? systemClock).now();
    const reason = `Cluster ${cluster} is not among the clusters of kubernetes.clusterLocatorMethods`;
    options.onSource({
      source: 'kubernetes',
      id: cluster,
      state: 'stale',
      since: now.toISOString(),
      reason,
    });
    for (const target of targets) {
      const key = JSON.stringify(target);
      const watch = strangers.get(key) ?? new TargetWatch(target);
      strangers.set(key, watch);
      const observation = watch.refuse(reason, now);
      if (observation) {
        options.onObservation(observation);
      }
    }
  }
}

function groupByCluster(
  targets: readonly ObservationTarget[],
): Map<string, ObservationTarget[]> {
  const groups = new Map<string, ObservationTarget[]>();
  for (const target of targets) {
    const group = groups.get(target.cluster) ?? [];
    group.push(target);
    groups.set(target.cluster, group);
  }
  return groups;
}
