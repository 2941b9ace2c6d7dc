// SPDX-License-Identifier: Apache-2.0
import { wallClock } from './wallClock';
import type { WeeklyRange } from './WeeklyRange';
import { zoneOffset } from './zoneOffset';

/** A time span; half-open. */
export type Span = { from: Date; to: Date };

/** Whether a window is open now, until when, or when it opens. */
export type Opening =
  | { open: true; until?: Date }
  | { open: false; opens?: Date };

/** Hours of a week by the wall clock of a zone. */
type WeeklyHours = {
  zone: string;
  allow: readonly WeeklyRange[];
  deny: readonly WeeklyRange[];
};

/**
 * What was found for hours last: it holds until the next of their edges, and
 * gates are asked far more often than that.
 */
const answered = new WeakMap<
  WeeklyHours,
  { from: number; to: number; opening: Opening }
>();

/** A window that does not open within this many days never opens. */
const HORIZON_DAYS = 15;

/**
 * Whether hours of a week are open now.
 *
 * @remarks
 * Hours are those of the wall clock in the zone: in the night in which the clock
 * is set forward an hour that is left out opens when the clock has jumped, and in
 * the one in which it is set back an hour that comes twice opens at the first.
 * What is denied is never open; nothing allowed means that all hours are.
 */
export function openingOf(hours: WeeklyHours, now: Date): Opening {
  const time = now.getTime();
  const before = answered.get(hours);
  if (before && before.from <= time && time < before.to) {
    return before.opening;
  }
  const { edge, opening } = findOpening(hours, now);
  answered.set(hours, { from: time, to: edge ?? time, opening });
  return opening;
}

function findOpening(
  hours: WeeklyHours,
  now: Date,
): { opening: Opening; edge?: number } {
  const allow = hours.allow.flatMap(range => spans(range, hours.zone, now));
  const deny = hours.deny.flatMap(range => spans(range, hours.zone, now));
  const isOpen = (time: number) =>
    (hours.allow.length === 0 || allow.some(span => holds(span, time))) &&
    !deny.some(span => holds(span, time));
  // What ends with the last day that was looked at goes on after it.
  const horizon = dayAfter(hours.zone, now, HORIZON_DAYS + 1);
  const edges = [...allow, ...deny]
    .flatMap(({ from, to }) => [from.getTime(), to.getTime()])
    .filter(time => time > now.getTime() && time < horizon)
    .sort((a, b) => a - b);
  if (isOpen(now.getTime())) {
    const until = edges.find(time => !isOpen(time));
    return {
      opening: { open: true, ...(until ? { until: new Date(until) } : {}) },
      edge: edges.at(0),
    };
  }
  const opens = edges.find(isOpen);
  return {
    opening: { open: false, ...(opens ? { opens: new Date(opens) } : {}) },
    edge: edges.at(0),
  };
}

function spans(range: WeeklyRange, zone: string, now: Date): Span[] {
  const shown = new Date(now.getTime() + zoneOffset(zone, now.getTime()));
  const year = shown.getUTCFullYear();
  const month = shown.getUTCMonth() + 1;
  const found: Span[] = [];
  // From the day before: its hours may reach over midnight.
  for (let offset = -1; offset <= HORIZON_DAYS; offset += 1) {
    // Sunday is 7 for us.
    const weekday = (shown.getUTCDay() + offset + 7) % 7 || 7;
    if (range.days.has(weekday)) {
      const day = shown.getUTCDate() + offset;
      const at = (minute: number) =>
        wallClock({ year, month, day, minute }, zone);
      found.push({ from: at(range.from), to: at(range.to) });
    }
  }
  return found;
}

/** The beginning of a day so many days after today, by the wall clock. */
function dayAfter(zone: string, now: Date, days: number): number {
  const shown = new Date(now.getTime() + zoneOffset(zone, now.getTime()));
  return wallClock(
    {
      year: shown.getUTCFullYear(),
      month: shown.getUTCMonth() + 1,
      day: shown.getUTCDate() + days,
    },
    zone,
  ).getTime();
}

function holds(span: Span, time: number): boolean {
  return span.from.getTime() <= time && time < span.to.getTime();
}
