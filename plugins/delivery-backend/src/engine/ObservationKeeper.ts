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
import { hurryPromotions } from '../database/duePromotions';
import { findVerified, type VerifiedRelease } from '../database/findVerified';
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
import { standsTheSame } from '../domain/standsTheSame';

/** So many are stored in one transaction; readers wait for no longer than that. */
const TOGETHER = 20;

/**
 * Keeps the last Observation of each lane, and since when a verified Release
 * runs there without a break.
 *
 * @remarks
 * Observations of a lane are stored in the order in which they came. While others are
 * being stored, those that say the same of what runs and how it is become one, so that
 * however much happens in a cluster, no more than the lanes that changed are waited for.
 * One that cannot be stored is logged; the next one replaces it.
 */
export class ObservationKeeper {
  readonly #options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    /** Something of a Service changed. */
    hint(service: string): void;
    /** A source changed that these Services show; nothing of themselves did. */
    onSourceChange(services: readonly string[]): void;
  };

  #queue: Promise<void> = Promise.resolve();
  #keeping = false;
  /** By lane, in the order in which the lanes came. */
  #waiting = new Map<string, Observation[]>();

  constructor(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    hint(service: string): void;
    onSourceChange(services: readonly string[]): void;
  }) {
    this.#options = options;
  }

  onObservation(observation: Observation): void {
    const lane = laneOf(observation);
    const before = this.#waiting.get(lane);
    if (before) {
      const last = before.at(-1);
      if (last && standsTheSame(last, observation)) {
        before.pop();
      }
      before.push(observation);
      return;
    }
    this.#waiting.set(lane, [observation]);
    if (!this.#keeping) {
      this.#keeping = true;
      this.#enqueue(() => this.#keepWaiting());
    }
  }

  onSource(state: SourceState): void {
    this.#enqueue(async () => {
      const { clock, knex, onSourceChange } = this.#options;
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
      const services = await listServices(knex);
      onSourceChange(services.map(({ entityRef }) => entityRef));
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
    for (;;) {
      const batch = this.#takeWaiting();
      if (batch.length === 0) {
        this.#keeping = false;
        return;
      }
      try {
        await this.#keepAll(batch);
      } catch (error) {
        this.#complain(error);
        for (const observation of batch) {
          await this.#keepAll([observation]).catch(one => this.#complain(one));
        }
      }
    }
  }

  /** What waits of the lanes that wait the longest. */
  #takeWaiting(): Observation[] {
    const batch: Observation[] = [];
    for (const [lane, observations] of this.#waiting) {
      if (batch.length >= TOGETHER) {
        break;
      }
      this.#waiting.delete(lane);
      batch.push(...observations);
    }
    return batch;
  }

  async #keepAll(batch: readonly Observation[]): Promise<void> {
    // In one order on every replica, so that none waits for another in a circle.
    const ordered = [...batch].sort(compareLanes);
    const services = [...new Set(ordered.map(({ service }) => service))];
    await this.#options.knex.transaction(async tx => {
      for (const observation of ordered) {
        await this.#keep(tx, observation);
      }
    });
    // Not inside: who moves a Promotion on locks it first and the lane afterwards.
    const { clock, knex } = this.#options;
    await hurryPromotions(knex, { services }, clock.now());
    services.forEach(service => this.#options.hint(service));
  }

  async #keep(db: Db, given: Observation): Promise<void> {
    // An observer tells at once; the times people compare come from one clock.
    const observation: Observation = {
      ...given,
      observedAt: this.#options.clock.now().toISOString(),
    };
    const lane = {
      service: observation.service,
      environment: observation.environment,
    };
    await saveObservation(db, observation);
    const verified = await findVerified(db, lane);
    const before = (await findLane(db, lane)).occupancy;
    const after = nextOccupancy({
      verifiedReleaseId: verified?.releaseId,
      runningReleaseId:
        verified && (await runningId(db, observation, verified)),
      before,
      observation,
    });
    if (after !== before) {
      await saveOccupancy(db, lane, after);
    }
  }
}

/** The id of the Release that runs, looked for among all only where the expected one leaves a doubt. */
async function runningId(
  db: Db,
  observation: Observation,
  { release, releaseId: expected }: VerifiedRelease,
): Promise<string | undefined> {
  const alone =
    release && matchRelease({ observation, releases: [release], expected });
  if (alone) {
    return alone.id;
  }
  const releases = await listReleases(db, {
    service: observation.service,
    limit: 200,
  });
  return matchRelease({ observation, releases, expected })?.id;
}

function laneOf({ environment, service }: Observation): string {
  return `${service} ${environment}`;
}

function compareLanes(a: Observation, b: Observation): number {
  return (
    compareText(a.service, b.service) ||
    compareText(a.environment, b.environment)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
