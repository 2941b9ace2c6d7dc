// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Clock,
  EnvironmentObserver,
  ObservationTargets,
} from 'backstage-plugin-delivery-node';
import type { Ingestor } from './Ingestor';
import type { ObservationKeeper } from './ObservationKeeper';
import type { Reconciler } from './Reconciler';
import { repeat } from './repeat';
import type { Watchman } from './Watchman';

/** How long a Service may go without a look when nothing hints at a change. */
type Timing = { sweep: number; reconcile: number };

/** What the engine is made of. */
type Parts = {
  reconciler: Reconciler;
  ingestor: Ingestor;
  watchman: Watchman;
  keeper: ObservationKeeper;
  observers: readonly EnvironmentObserver[];
  targets: ObservationTargets;
  clock: Clock;
  refreshCatalog(signal: AbortSignal): Promise<void>;
  timing: Timing;
  logger: LoggerService;
};

/** Everything of delivery that goes on by itself; stops with its signal. */
export class DeliveryEngine {
  readonly #options: Parts;

  #hurry: (() => void) | undefined;
  #loops: readonly { settled(): Promise<void> }[] = [];

  constructor(options: Parts) {
    this.#options = options;
  }

  /** Begins; returns when the observers watch. */
  async start(signal: AbortSignal): Promise<void> {
    const {
      clock,
      ingestor,
      keeper,
      logger,
      observers,
      reconciler,
      targets,
      timing,
    } = this.#options;
    const reconciling = repeat('The reconciler', {
      every: timing.reconcile,
      work: () => reconciler.round(signal),
      logger,
      signal,
    });
    // Apart from each other: a vendor that is slow delays nobody else's news.
    const [catalog, builds, executions] = (
      [
        ['The catalog', () => this.#options.refreshCatalog(signal)],
        ['The look for builds', () => ingestor.sweep(signal)],
        [
          'The look for changes from outside',
          () => this.#options.watchman.sweep(signal),
        ],
      ] as const
    ).map(([name, work]) =>
      repeat(name, { every: timing.sweep, work, logger, signal }),
    );
    this.#loops = [reconciling, catalog, builds, executions];
    this.#hurry = () => {
      builds.hurry();
      executions.hurry();
    };
    for (const observer of observers) {
      await observer.observe(targets, {
        onObservation: observation => keeper.onObservation(observation),
        onSource: state => keeper.onSource(state),
        clock,
        signal,
      });
    }
  }

  /**
   * Resolves when what was under way is over; call it after the signal was
   * aborted, and before the database is closed.
   */
  async settled(): Promise<void> {
    await Promise.all(this.#loops.map(loop => loop.settled()));
    await this.#options.keeper.settled();
  }

  /** Moves a Promotion on now, without waiting for the next round. */
  wake(promotionId: string): void {
    this.#options.reconciler.reconcile(promotionId).catch(error => {
      this.#options.logger.error(
        `Promotion ${promotionId} could not be moved on`,
        error,
      );
    });
  }

  /** A hint that something outside is new: looks at the sources now. */
  lookNow(): void {
    this.#hurry?.();
  }
}
