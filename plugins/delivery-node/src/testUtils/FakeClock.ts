// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../ports/Clock';

const UNITS = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
};

/** A clock that stands still until a test moves it. @public */
export class FakeClock implements Clock {
  #now: number;

  constructor(start: string = '2026-11-16T09:00:00.000Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(by: Partial<Record<keyof typeof UNITS, number>>): void {
    this.#now +=
      (by.days ?? 0) * UNITS.days +
      (by.hours ?? 0) * UNITS.hours +
      (by.minutes ?? 0) * UNITS.minutes +
      (by.seconds ?? 0) * UNITS.seconds;
  }
}
