// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type { Gate, TimeSpan } from 'backstage-plugin-delivery-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { mergeSpans } from '../domain/mergeSpans';
import { sayInstant } from '../domain/sayInstant';
import { spanAt } from '../domain/spanAt';
import { wallClock } from '../domain/wallClock';
import { zoneSchema } from '../domain/zoneSchema';
import { readCalendar, type CalendarFreeze } from './readCalendar';

const timeSchema = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/,
    'must be a date such as 2026-12-24 or a time such as "2026-12-24 12:00"',
  );

const entrySchema = z.strictObject({
  title: z.string().min(1).max(80),
  from: timeSchema,
  to: timeSchema,
  owner: z.string().min(1).max(100),
  reason: z.string().min(1).max(200),
});

const configSchema = z
  .strictObject({
    type: z.literal('freeze'),
    zone: zoneSchema.default('UTC'),
    entries: z.array(entrySchema).default([]),
    /** The text of a calendar; the configuration names its file. */
    calendar: z.string().optional(),
  })
  .transform(({ calendar, entries, zone }, context) => {
    const issue = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (entries.length === 0 && calendar === undefined) {
      issue(['entries'], 'needs freezes, here or in a calendar');
    }
    const freezes = entries.map((entry, index) => {
      const begins = instant(entry.from, zone);
      const ends = instant(entry.to, zone);
      if (!(begins < ends)) {
        issue(['entries', index, 'to'], `must be a time after ${entry.from}`);
      }
      const { owner, reason, title } = entry;
      return {
        title,
        owner,
        reason,
        begins,
        ends,
      };
    });
    if (calendar !== undefined) {
      try {
        freezes.push(...readCalendar(calendar, zone));
      } catch (error) {
        issue(['calendar'], toError(error).message);
      }
    }
    return { zone, freezes, closed: closedSpans(freezes) };
  });

/**
 * Nothing enters while a freeze lasts; rollbacks may, unless `for` says
 * otherwise.
 *
 * @remarks
 * Spans are half-open, by the wall clock of the zone: a freeze to the 27th ends
 * when the 27th begins.
 *
 * ```yaml
 * gates:
 *   - type: freeze
 *     zone: Europe/Berlin
 *     entries:
 *       - title: Billing run
 *         from: 2026-11-20 12:00
 *         to: 2026-11-22 22:00
 *         owner: finance-ops
 *         reason: No change while invoices are made
 *   - type: freeze
 *     id: holidays
 *     zone: Europe/Berlin
 *     calendar: ./freezes.ics
 * ```
 *
 * A calendar is a file in the form of RFC 5545, read when the backend starts;
 * freezes that recur are followed for thirty years.
 */
export const FreezeGate: Gate<z.output<typeof configSchema>> = {
  type: 'freeze',
  title: () => 'Freeze',
  configSchema,
  defaultFor: ['forward', 'automatic'],
  closed: ({ closed }, from) => closed.filter(({ to }) => to > from),
  lint: ({ closed }, { now }) =>
    closed.some(({ to }) => to > now)
      ? []
      : [
          {
            severity: 'warning',
            detail: 'All freezes are over, so the gate is always open.',
            fix: 'Add the next ones, or remove the gate.',
          },
        ],
  evaluate({ closed, freezes, zone }, { now }) {
    // Freezes that follow on each other or overlap are one.
    const span = spanAt(closed, now);
    if (!span) {
      return { status: 'pass', reason: 'None.' };
    }
    const first = freezes.find(
      ({ begins, ends }) => begins <= now.getTime() && now.getTime() < ends,
    );
    return {
      status: 'wait',
      reason: `“${first?.title}” until ${sayInstant(span.to, {
        zone,
        now,
      })} ${zone}: ${first?.reason}. Set by ${first?.owner}.`.slice(0, 500),
      earliest: span.to.toISOString(),
    };
  },
};

function closedSpans(freezes: readonly CalendarFreeze[]): TimeSpan[] {
  return mergeSpans(
    freezes
      .filter(({ begins, ends }) => begins < ends)
      .map(({ begins, ends }) => ({
        from: new Date(begins),
        to: new Date(ends),
      })),
  );
}

/** Milliseconds; `NaN` for a day or an hour that no clock shows. */
function instant(text: string, zone: string): number {
  const shown = DateTime.fromSQL(text.includes(' ') ? text : `${text} 00:00`, {
    zone: 'UTC',
  });
  return shown.isValid ? wallClock(shown.toObject(), zone).getTime() : NaN;
}
