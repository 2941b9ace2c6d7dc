// SPDX-License-Identifier: Apache-2.0
import type { ViewClock } from './ViewClock';
import { zonedParts } from './zonedParts';

const WEEK = 6 * 24 * 60 * 60 * 1000;

/**
 * When something was, never relative: "10:14", "Wed 15:02", "13 Nov".
 *
 * @remarks
 * For sentences in which "18 min ago" would read badly.
 */
export function formatMoment(instant: string, clock: ViewClock): string {
  const at = Date.parse(instant);
  const then = zonedParts(at, clock.zone);
  const now = zonedParts(clock.now, clock.zone);
  const time = `${then.hour}:${then.minute}`;
  if (
    then.day === now.day &&
    then.month === now.month &&
    then.year === now.year
  ) {
    return time;
  }
  return Math.abs(clock.now - at) < WEEK
    ? `${then.weekday} ${time}`
    : `${then.day} ${then.month}`;
}
