// SPDX-License-Identifier: Apache-2.0
import type { ViewClock } from './ViewClock';
import { zonedParts } from './zonedParts';

const WEEK = 7 * 24 * 60 * 60 * 1000;

/**
 * From when something is possible: "today 17:10", "Monday 09:00",
 * "13 December 09:00".
 */
export function formatEarliest(instant: string, clock: ViewClock): string {
  const at = Date.parse(instant);
  const then = zonedParts(at, clock.zone, 'long');
  const now = zonedParts(clock.now, clock.zone);
  const time = `${then.hour}:${then.minute}`;
  if (
    then.day === now.day &&
    then.month === now.month &&
    then.year === now.year
  ) {
    return `today ${time}`;
  }
  return at - clock.now < WEEK
    ? `${then.weekday} ${time}`
    : `${then.day} ${then.month} ${time}`;
}
