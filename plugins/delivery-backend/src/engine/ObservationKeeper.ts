// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
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

  constructor(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    hint(service: string): void;
  }) {
    this.#options = options;
  }

  onObservation(observation: Observation): void {
    this.#enqueue(() => this.#keep(observation));
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
    this.#queue = this.#queue.then(work).catch(error => {
      this.#options.logger.error(
        'An observation could not be stored',
        toError(error),
      );
    });
  }

  async #keep(given: Observation): Promise<void> {
    const { clock, hint, knex } = this.#options;
    // An observer tells at once; the times people compare come from one clock.
    const observation: Observation = {
      ...given,
      observedAt: clock.now().toISOString(),
    };
    const lane = {
      service: observation.service,
      environment: observation.environment,
    };
    await saveObservation(knex, observation);
    const [verified] = await listDeployments(knex, {
      ...lane,
      outcome: 'verified',
      limit: 1,
    });
    const running = matchRelease({
      observation,
      releases: await listReleases(knex, { service: lane.service, limit: 200 }),
      expected: verified?.releaseId,
    });
    const before = (await findLane(knex, lane)).occupancy;
    const after = nextOccupancy({
      verifiedReleaseId: verified?.releaseId,
      runningReleaseId: running?.id,
      before,
      observation,
    });
    if (after !== before) {
      await saveOccupancy(knex, lane, after);
    }
    await hurryPromotions(knex, { service: lane.service }, clock.now());
    hint(lane.service);
  }
}
