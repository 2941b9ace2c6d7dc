// SPDX-License-Identifier: Apache-2.0
import type { Clock } from 'backstage-plugin-delivery-node';

/** The time as the parent last told it, wrong by the skew of this replica. */
export class WorkerClock implements Clock {
  skew = 0;
  #now = 0;

  now(): Date {
    return new Date(this.#now + this.skew);
  }

  /** Takes the parent's time, unless a later one was heard already. */
  hear(now: number): void {
    this.#now = Math.max(this.#now, now);
  }

  /** Begins a new run, at whatever time. */
  restart(now: number, skew: number): void {
    this.#now = now;
    this.skew = skew;
  }
}
