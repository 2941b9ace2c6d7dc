// SPDX-License-Identifier: Apache-2.0
import { zoneOffset } from './zoneOffset';

const DAY_MS = 86_400_000;

const DAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** An instant for people who plan by it: `Monday 09:00` within a week, else with the date. */
export function sayInstant(
  instant: Date,
  options: { zone: string; now: Date },
): string {
  const { now, zone } = options;
  const shown = shownBy(zone, instant);
  const days = dayOf(shown) - dayOf(shownBy(zone, now));
  const clock = `${twoDigits(shown.getUTCHours())}:${twoDigits(
    shown.getUTCMinutes(),
  )}`;
  if (days === 0) {
    return `today ${clock}`;
  }
  return days > 0 && days < 7
    ? `${DAYS[shown.getUTCDay()]} ${clock}`
    : `${shown.getUTCDate()} ${
        MONTHS[shown.getUTCMonth()]
      } ${shown.getUTCFullYear()} ${clock}`;
}

/** What the clock on the wall of a zone shows, as if it were UTC. */
function shownBy(zone: string, instant: Date): Date {
  const time = instant.getTime();
  return new Date(time + zoneOffset(zone, time));
}

function dayOf(shown: Date): number {
  return Math.floor(shown.getTime() / DAY_MS);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
