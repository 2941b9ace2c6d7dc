// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SourceState } from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { listSourceStates, saveSourceState } from '../database/observations';

/**
 * Writes down how fresh the sources are that are asked rather than watched.
 *
 * @remarks
 * A source that failed keeps the time at which it was last seen, so that people
 * read how old the rest is.
 */
export class SourceWatch {
  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #stale = new Set<string>();

  constructor(options: { knex: Knex; clock: Clock; logger: LoggerService }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** Runs a sweep over a source; what it throws makes the source stale. */
  async during(source: string, sweep: () => Promise<void>): Promise<void> {
    try {
      await sweep();
      await this.#save({ source, state: 'live' });
      if (this.#stale.delete(source)) {
        this.#logger.info(`${source} answers again`);
      }
    } catch (error) {
      const reason = toError(error).message;
      await this.#save({ source, state: 'stale', reason });
      if (!this.#stale.has(source)) {
        this.#stale.add(source);
        this.#logger.warn(`${source} could not be asked: ${reason}`);
      }
    }
  }

  async #save(given: {
    source: string;
    state: 'live' | 'stale';
    reason?: string;
  }): Promise<void> {
    const id = 'default';
    const now = this.#clock.now().toISOString();
    const before = (await listSourceStates(this.#knex)).find(
      one => one.source === given.source && one.id === id,
    );
    const state: SourceState =
      given.state === 'live'
        ? { source: given.source, id, state: 'live', seenAt: now }
        : {
            source: given.source,
            id,
            state: 'stale',
            seenAt: before?.seenAt,
            since: before?.state === 'stale' ? before.since : now,
            reason: given.reason?.slice(0, 300),
          };
    await saveSourceState(this.#knex, state);
  }
}
