// SPDX-License-Identifier: Apache-2.0
import type { Clock } from 'backstage-plugin-delivery-node';

/** The time as the parent last told it. */
export class WorkerClock implements Clock {
  #now = 0;

  now(): Date {
    return new Date(this.#now);
  }

  /** Takes the parent's time, unless a later one was heard already. */
  hear(now: number): void {
    this.#now = Math.max(this.#now, now);
  }

  /** Begins a new run, at whatever time. */
  restart(now: number): void {
    this.#now = now;
  }
}
