// SPDX-License-Identifier: Apache-2.0
import type { CrashPoint, NewOrder } from '../worker/messages';
import type { WorkerPool } from '../worker/WorkerPool';
import type { Outcome, WorkerProcess } from '../worker/WorkerProcess';

/** The replicas of one run: when one dies another takes its place. */
export class Crew {
  /** How many died. */
  deaths = 0;
  readonly #pool: Pick<WorkerPool, 'take' | 'giveBack'>;
  readonly #place: { database: string; gate: string };
  #alive: WorkerProcess[] = [];
  #turn = 0;

  constructor(options: {
    pool: Pick<WorkerPool, 'take' | 'giveBack'>;
    place: { database: string; gate: string };
  }) {
    this.#pool = options.pool;
    this.#place = options.place;
  }

  /** Starts the replicas, each with the place to die at. */
  async begin(options: {
    now: number;
    replicas: number;
    crash?: CrashPoint;
  }): Promise<void> {
    const { crash, now, replicas } = options;
    for (let count = 0; count < replicas; count += 1) {
      await this.#add(now, crash);
    }
  }

  /** Makes sure that somebody is there; answers whether somebody new had to come. */
  async relieve(now: number): Promise<boolean> {
    this.#bury();
    if (this.#alive.length > 0) {
      return false;
    }
    await this.#add(now);
    return true;
  }

  /** Gives an order to every replica that lives. */
  async all(order: NewOrder): Promise<Outcome[]> {
    const outcomes = await Promise.all(
      this.#alive.map(worker => worker.order(order)),
    );
    this.#bury();
    return outcomes;
  }

  /** Gives every replica that lives the same orders, all at the same moment. */
  async contest(orders: readonly NewOrder[]): Promise<Outcome[]> {
    return Promise.all(
      this.#alive.flatMap(worker => orders.map(order => worker.order(order))),
    );
  }

  /** Gives an order to one replica: the first in turn. */
  async one(order: NewOrder): Promise<Outcome> {
    this.#bury();
    const worker = this.#alive[this.#turn % this.#alive.length];
    this.#turn += 1;
    const outcome = worker
      ? await worker.order(order)
      : { state: 'dead' as const };
    this.#bury();
    return outcome;
  }

  /** Gives those that live back for the next run. */
  end(): void {
    this.#alive.forEach(worker => this.#pool.giveBack(worker));
    this.#alive = [];
  }

  async #add(now: number, crash?: CrashPoint): Promise<void> {
    const worker = this.#pool.take();
    await worker.order({ kind: 'open', ...this.#place, now, crash });
    this.#alive.push(worker);
  }

  #bury(): void {
    const living = this.#alive.filter(worker => worker.alive);
    this.deaths += this.#alive.length - living.length;
    this.#alive = living;
  }
}
