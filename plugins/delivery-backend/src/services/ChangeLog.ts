// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { EntityRef, SourceState } from 'backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { countChanges, listChanges } from '../database/changes';
import { listSourceStates } from '../database/observations';

/** What every replica knows of the others is at most so old. */
const LOOK_MS = 1_000;

/** Changes within a moment are one statement, because each waits for a disk. */
const TOGETHER_MS = 250;

/** How often each Service changed on other replicas, and how fresh the sources are. */
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
 * reads, however many read. What this replica counted itself is left out, because it
 * knows of that already. A count that could not be written is tried again with
 * the next one; what is remembered is loaded anew after two minutes in any case.
 */
export class ChangeLog {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<EntityRef>();
  /** How often each Service was counted from here. */
  readonly #own = new Map<EntityRef, number>();
  /** Looking and counting take turns, so that every look has all that was counted before it. */
  #turn: Promise<unknown> = Promise.resolve();
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
      const looked = { at: now, standing: this.#look() };
      this.#looked = looked;
      looked.standing.catch(() => {
        if (this.#looked === looked) {
          this.#looked = undefined;
        }
      });
    }
    return this.#looked.standing;
  }

  /** The sources changed: the next look is a new one. */
  lookAgain(): void {
    this.#looked = undefined;
  }

  #look(): Promise<Standing> {
    return this.#inTurn(async () => {
      const [counted, sources] = await Promise.all([
        listChanges(this.#knex),
        listSourceStates(this.#knex),
      ]);
      const versions = new Map<EntityRef, number>();
      for (const [service, count] of counted) {
        const others = count - (this.#own.get(service) ?? 0);
        if (others > 0) {
          versions.set(service, others);
        }
      }
      return { versions, sources };
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #count(services: readonly EntityRef[]): Promise<void> {
    await countChanges(this.#knex, services);
    for (const service of services) {
      this.#own.set(service, (this.#own.get(service) ?? 0) + 1);
    }
  }

  #write(): void {
    const services = [...this.#waiting];
    this.#waiting.clear();
    this.#inTurn(() => this.#count(services))
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
