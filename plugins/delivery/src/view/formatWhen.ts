// SPDX-License-Identifier: Apache-2.0
import type { ViewClock } from './ViewClock';
import { zonedParts } from './zonedParts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * When something happened or will happen, as short as it can be said: "4 s ago",
 * "18 min ago", "today 10:24", "Wed 15:02", "13 Nov", "13 Nov 2025".
 */
export function formatWhen(instant: string, clock: ViewClock): string {
  const at = Date.parse(instant);
  const age = clock.now - at;
  if (age >= 0 && age < HOUR) {
    return formatAgo(age);
  }
  const then = zonedParts(at, clock.zone);
  const now = zonedParts(clock.now, clock.zone);
  const time = `${then.hour}:${then.minute}`;
  if (
    then.day === now.day &&
    then.month === now.month &&
    then.year === now.year
  ) {
    return `today ${time}`;
  }
  if (Math.abs(age) < 6 * DAY) {
    return `${then.weekday} ${time}`;
  }
  const date = `${then.day} ${then.month}`;
  return then.year === now.year ? date : `${date} ${then.year}`;
}

function formatAgo(age: number): string {
  return age < MINUTE
    ? `${Math.floor(age / SECOND)} s ago`
    : `${Math.floor(age / MINUTE)} min ago`;
}
