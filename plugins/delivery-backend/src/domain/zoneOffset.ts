// SPDX-License-Identifier: Apache-2.0
import { IANAZone } from 'luxon';

const MINUTE = 60_000;

/** Clocks of every zone are set at a full quarter of an hour in UTC. */
const QUARTER = 15 * MINUTE;

/** Enough for some years of windows; then it begins anew. */
const MOST_KNOWN = 20_000;

const zones = new Map<string, Map<number, number>>();

/**
 * How far the wall clock of a zone is ahead of UTC at an instant, in
 * milliseconds.
 *
 * @remarks
 * What was asked once is remembered: asking the time zone database costs a
 * thousand times more than everything else a window does.
 */
export function zoneOffset(zone: string, instant: number): number {
  const quarter = Math.floor(instant / QUARTER);
  const known = zones.get(zone) ?? new Map<number, number>();
  const before = known.get(quarter);
  if (before !== undefined) {
    return before;
  }
  if (known.size >= MOST_KNOWN) {
    known.clear();
  }
  const offset = IANAZone.create(zone).offset(quarter * QUARTER) * MINUTE;
  known.set(quarter, offset);
  zones.set(zone, known);
  return offset;
}
