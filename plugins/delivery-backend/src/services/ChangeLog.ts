// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { EntityRef, SourceState } from 'backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { countChanges, listChanges } from '../database/changes';
import { listSourceStates } from '../database/observations';

/** What every replica knows of the others is at most so old. */
const LOOK_MS = 1_000;

/** Changes within a moment are one statement. */
const TOGETHER_MS = 50;

/** How often each Service changed, and how fresh the sources are. */
export type Standing = {
  versions: ReadonlyMap<EntityRef, number>;
  sources: readonly SourceState[];
};

/**
 * Tells the replicas of each other's changes, through the database.
 *
 * @remarks
 * Whoever changes something about a Service hints at it afterwards; here the hint
 * is counted, and everybody looks at the counts once a second while somebody
 * reads, however many read. A count that could not be written is tried again with
 * the next one; what is remembered is loaded anew after two minutes in any case.
 */
export class ChangeLog {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<EntityRef>();
  #timer: NodeJS.Timeout | undefined;
  #looked: { at: number; standing: Promise<Standing> } | undefined;

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    signal: AbortSignal;
  }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#signal = options.signal;
    this.#signal.addEventListener('abort', () => clearTimeout(this.#timer), {
      once: true,
    });
  }

  /** Counts a change, soon. */
  add(service: EntityRef): void {
    this.#waiting.add(service);
    if (!this.#signal.aborted) {
      this.#timer ??= setTimeout(() => this.#write(), TOGETHER_MS);
    }
  }

  /** How everything stands, at most a second old. */
  async standing(): Promise<Standing> {
    const now = performance.now();
    if (!this.#looked || now - this.#looked.at >= LOOK_MS) {
      const standing = this.#look();
      this.#looked = { at: now, standing };
      standing.catch(() => {
        this.#looked = undefined;
      });
    }
    return this.#looked.standing;
  }

  async #look(): Promise<Standing> {
    const [versions, sources] = await Promise.all([
      listChanges(this.#knex),
      listSourceStates(this.#knex),
    ]);
    return { versions, sources };
  }

  #write(): void {
    const services = [...this.#waiting];
    this.#waiting.clear();
    countChanges(this.#knex, services)
      .catch(error => {
        services.forEach(service => this.#waiting.add(service));
        this.#logger.warn(
          `Other replicas do not hear of changes: ${stringifyError(error)}`,
        );
      })
      .finally(() => {
        this.#timer =
          this.#waiting.size > 0 && !this.#signal.aborted
            ? setTimeout(() => this.#write(), TOGETHER_MS)
            : undefined;
      });
  }
}
