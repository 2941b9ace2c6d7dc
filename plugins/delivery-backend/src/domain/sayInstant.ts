// SPDX-License-Identifier: Apache-2.0
import { DateTime } from 'luxon';

/** An instant for people who plan by it: `Monday 09:00` within a week, else with the date. */
export function sayInstant(
  instant: Date,
  options: { zone: string; now: Date },
): string {
  const time = DateTime.fromJSDate(instant, { zone: options.zone });
  const days = time
    .startOf('day')
    .diff(
      DateTime.fromJSDate(options.now, { zone: options.zone }).startOf('day'),
      'days',
    ).days;
  const format = days > 0 && days < 7 ? 'cccc HH:mm' : 'd LLLL yyyy HH:mm';
  return time.setLocale('en').toFormat(days === 0 ? "'today' HH:mm" : format);
}
