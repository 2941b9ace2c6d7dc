// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const RANGE =
  /^(?<days>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[-,](?:Mon|Tue|Wed|Thu|Fri|Sat|Sun))*) (?<from>(?:[01]\d|2[0-3]):[0-5]\d)-(?<to>(?:(?:[01]\d|2[0-3]):[0-5]\d)|24:00)$/;

/** Hours of a week by the wall clock; half-open, `to` is not in it any more. */
export type WeeklyRange = {
  /** 1 is Monday, 7 is Sunday. */
  days: ReadonlySet<number>;
  /** Minutes after midnight. */
  from: number;
  /** Minutes after midnight; beyond a day when it ends on the next one. */
  to: number;
  written: string;
};

/**
 * Hours of a week as a user writes them: `Mon-Thu 09:00-16:00`,
 * `Sat,Sun 00:00-24:00`, `Fri-Mon 22:00-02:00` (over midnight, over the weekend).
 */
export const weeklyRangeSchema = z.string().transform((text, context) => {
  const groups = RANGE.exec(text)?.groups;
  const from = groups && minutes(groups.from);
  const to = groups && minutes(groups.to);
  if (!groups || from === undefined || to === undefined || from === to) {
    context.addIssue({
      code: 'custom',
      message: `"${text}" is not a range such as "Mon-Thu 09:00-16:00"`,
    });
    return z.NEVER;
  }
  return {
    days: daysOf(groups.days),
    from,
    to: to > from ? to : to + 1440,
    written: text,
  };
});

function minutes(clock: string): number {
  const [hours, rest] = clock.split(':');
  return Number(hours) * 60 + Number(rest);
}

function daysOf(text: string): Set<number> {
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const ends = part.split('-').map(day => DAYS.indexOf(day) + 1);
    const first = ends[0];
    const last = ends[ends.length - 1];
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === last) {
        break;
      }
    }
  }
  return days;
}
