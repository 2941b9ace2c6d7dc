// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { Db } from '../database/Db';
import { listDeployments } from '../database/deployments';
import { hurryPromotions } from '../database/duePromotions';
import { findLane, saveOccupancy } from '../database/lanes';
import {
  listSourceStates,
  saveObservation,
  saveSourceState,
} from '../database/observations';
import { listReleases } from '../database/releases';
import { listServices } from '../database/services';
import { matchRelease } from '../domain/matchRelease';
import { nextOccupancy } from '../domain/nextOccupancy';

/** So many are stored in one transaction; readers wait for no longer than that. */
const TOGETHER = 20;

/**
 * Keeps the last Observation of each lane, and since when a verified Release
 * runs there without a break.
 *
 * @remarks
 * Observations are stored one after another in the order in which they came.
 * One that cannot be stored is logged; the next one replaces it.
 */
export class ObservationKeeper {
  readonly #options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    hint(service: string): void;
  };

  #queue: Promise<void> = Promise.resolve();
  #waiting: Observation[] = [];

  constructor(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    hint(service: string): void;
  }) {
    this.#options = options;
  }

  onObservation(observation: Observation): void {
    this.#waiting.push(observation);
    if (this.#waiting.length === 1) {
      this.#enqueue(() => this.#keepWaiting());
    }
  }

  onSource(state: SourceState): void {
    this.#enqueue(async () => {
      const { clock, hint, knex } = this.#options;
      const before = (await listSourceStates(knex)).find(
        one => one.source === state.source && one.id === state.id,
      );
      const now = clock.now().toISOString();
      await saveSourceState(knex, {
        ...state,
        seenAt: state.state === 'live' ? now : before?.seenAt,
        since: before?.state === state.state ? before.since ?? now : now,
      });
      if (before?.state === state.state) {
        return;
      }
      await hurryPromotions(knex, {}, clock.now());
      for (const service of await listServices(knex)) {
        hint(service.entityRef);
      }
    });
  }

  /** Resolves when everything given so far is stored. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch(error => this.#complain(error));
  }

  #complain(error: unknown): void {
    this.#options.logger.error(
      'An observation could not be stored',
      toError(error),
    );
  }

  /** Those that wait are stored together, because each transaction waits for a disk. */
  async #keepWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, TOGETHER);
      try {
        await this.#keepAll(batch);
      } catch (error) {
        this.#complain(error);
        for (const observation of batch) {
          await this.#keepAll([observation]).catch(one => this.#complain(one));
        }
      }
      this.#waiting = this.#waiting.slice(batch.length);
    }
  }

  async #keepAll(batch: readonly Observation[]): Promise<void> {
    await this.#options.knex.transaction(async tx => {
      for (const observation of batch) {
        await this.#keep(tx, observation);
      }
    });
    for (const { service } of batch) {
      this.#options.hint(service);
    }
  }

  async #keep(db: Db, given: Observation): Promise<void> {
    const { clock } = this.#options;
    // An observer tells at once; the times people compare come from one clock.
    const observation: Observation = {
      ...given,
      observedAt: clock.now().toISOString(),
    };
    const lane = {
      service: observation.service,
      environment: observation.environment,
    };
    await saveObservation(db, observation);
    const [verified] = await listDeployments(db, {
      ...lane,
      outcome: 'verified',
      limit: 1,
    });
    const running = matchRelease({
      observation,
      releases: await listReleases(db, { service: lane.service, limit: 200 }),
      expected: verified?.releaseId,
    });
    const before = (await findLane(db, lane)).occupancy;
    const after = nextOccupancy({
      verifiedReleaseId: verified?.releaseId,
      runningReleaseId: running?.id,
      before,
      observation,
    });
    if (after !== before) {
      await saveOccupancy(db, lane, after);
    }
    await hurryPromotions(db, { service: lane.service }, clock.now());
  }
}
