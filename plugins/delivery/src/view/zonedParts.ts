// SPDX-License-Identifier: Apache-2.0
type ZonedParts = {
  year: string;
  month: string;
  day: string;
  weekday: string;
  hour: string;
  minute: string;
  second: string;
};

/** The parts of an instant as a wall clock in the zone shows them. */
export function zonedParts(
  instant: number,
  zone: string,
  weekday: 'short' | 'long' = 'short',
): ZonedParts {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const value = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find(part => part.type === type)?.value ?? '';
  return {
    year: value('year'),
    month: value('month'),
    day: value('day'),
    weekday: value('weekday'),
    hour: value('hour'),
    minute: value('minute'),
    second: value('second'),
  };
}
