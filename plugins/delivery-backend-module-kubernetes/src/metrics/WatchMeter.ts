// SPDX-License-Identifier: Apache-2.0
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { WatchedKind } from '../domain/WatchedKind';

/** What can be asked of the watch of a cluster at any time. */
export interface MeteredWatch {
  /** How long ago the cluster gave a sign of life, in seconds; `undefined` before the first. */
  ageSeconds(): number | undefined;
  /** How many objects of each kind are known. */
  sizes(): ReadonlyMap<WatchedKind, number>;
}

/**
 * Tells OpenTelemetry what watching costs and how old it is.
 *
 * @remarks
 * The age grows while a cluster says nothing, whatever the reason; alert on it.
 */
export class WatchMeter {
  readonly #requests;
  readonly #received;
  readonly #lists;
  readonly #changes;
  readonly #watches = new Map<string, MeteredWatch>();

  constructor(metrics: MetricsService) {
    const name = (what: string) => `delivery.kubernetes.${what}`;
    this.#requests = metrics.createCounter(name('requests'), {
      description: 'Requests to API servers',
    });
    this.#received = metrics.createCounter(name('received'), {
      description: 'Bytes received from API servers',
      unit: 'By',
    });
    this.#lists = metrics.createCounter(name('lists'), {
      description:
        'Whole lists of a kind that were read, the first one included',
    });
    this.#changes = metrics.createCounter(name('changes'), {
      description: 'Changes that API servers told',
    });
    metrics
      .createObservableGauge(name('age'), {
        description: 'Since the last sign of life of a cluster',
        unit: 's',
      })
      .addCallback(result => {
        for (const [cluster, watch] of this.#watches) {
          const age = watch.ageSeconds();
          if (age !== undefined) {
            result.observe(age, { cluster });
          }
        }
      });
    metrics
      .createObservableGauge(name('objects'), {
        description: 'Objects that are known of a cluster',
      })
      .addCallback(result => {
        for (const [cluster, watch] of this.#watches) {
          watch
            .sizes()
            .forEach((size, kind) => result.observe(size, { cluster, kind }));
        }
      });
  }

  /** Asks this watch from now on. */
  follow(cluster: string, watch: MeteredWatch): void {
    this.#watches.set(cluster, watch);
  }

  requested(cluster: string): void {
    this.#requests.add(1, { cluster });
  }

  received(cluster: string, bytes: number): void {
    this.#received.add(bytes, { cluster });
  }

  listed(cluster: string, kind: WatchedKind): void {
    this.#lists.add(1, { cluster, kind });
  }

  changed(cluster: string, kind: WatchedKind): void {
    this.#changes.add(1, { cluster, kind });
  }
}
