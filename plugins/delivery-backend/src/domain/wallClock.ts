// SPDX-License-Identifier: Apache-2.0
import { zoneOffset } from './zoneOffset';

/** A date and time without a zone; a month is 1 to 12. */
export type LocalTime = {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
};

const DAY = 86_400_000;

/**
 * The first instant at which the wall clock of a zone shows a time.
 *
 * @remarks
 * A time that comes twice, because the clock is set back, means its first; a
 * time that is left out means the instant at which the clock jumps over it.
 * Hours and days beyond their usual range roll over.
 */
export function wallClock(local: LocalTime, zone: string): Date {
  const { day, hour = 0, minute = 0, month, second = 0, year } = local;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  const offset = (time: number) => zoneOffset(zone, time);
  const before = offset(shown - DAY);
  const after = offset(shown + DAY);
  const first = shown - Math.max(before, after);
  const last = shown - Math.min(before, after);
  for (const time of [first, last]) {
    if (time + offset(time) === shown) {
      return new Date(time);
    }
  }
  // Left out: the jump lies between the two.
  let low = first;
  let high = last;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === before) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return new Date(high);
}
