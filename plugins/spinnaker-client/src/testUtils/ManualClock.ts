// SPDX-License-Identifier: Apache-2.0

/** Tells the time. @public */
export interface GateClock {
  now(): Date;
}

/** A clock for tests that only moves when it is told to. @public */
export class ManualClock implements GateClock {
  #now: number;

  constructor(start: Date | string = '2026-11-21T08:00:00Z') {
    this.#now = new Date(start).getTime();
  }

  /** The time it was last moved to. */
  now(): Date {
    return new Date(this.#now);
  }

  /** Moves it forward by so many milliseconds. */
  advance(ms: number): void {
    this.#now += ms;
  }
}
