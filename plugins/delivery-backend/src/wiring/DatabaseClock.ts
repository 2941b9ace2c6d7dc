// SPDX-License-Identifier: Apache-2.0
import { performance } from 'node:perf_hooks';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { repeat } from '../engine/repeat';

const EVERY_MS = 30_000;

/**
 * The time of the database, which is the same for all replicas.
 *
 * @remarks
 * In between it goes on by this machine's monotonic clock: whoever sets the
 * machine's time, or sets it wrong, changes nothing here.
 */
export class DatabaseClock implements Clock {
  readonly #knex: Knex;
  #offset = 0;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Asks the database for the time now, and again until the signal is aborted. */
  static async start(
    knex: Knex,
    options: { logger: LoggerService; signal: AbortSignal },
  ): Promise<DatabaseClock> {
    const clock = new DatabaseClock(knex);
    await clock.compare();
    repeat('The comparison with the time of the database', {
      every: EVERY_MS,
      work: () => clock.compare(),
      ...options,
    });
    return clock;
  }

  now(): Date {
    return new Date(performance.now() + this.#offset);
  }

  /** Asks the database for the time once. */
  async compare(): Promise<void> {
    const asked = performance.now();
    const { rows }: { rows: { now: Date }[] } = await this.#knex.raw(
      'select clock_timestamp() as now',
    );
    const answered = performance.now();
    this.#offset = rows[0].now.getTime() - (asked + answered) / 2;
  }
}
