// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { sayInstant } from '../domain/sayInstant';
import { zoneSchema } from '../domain/zoneSchema';

const wallClock = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/,
    'must be a date such as 2026-12-24 or a time such as "2026-12-24 12:00"',
  );

const entrySchema = z.strictObject({
  title: z.string().min(1).max(80),
  from: wallClock,
  to: wallClock,
  owner: z.string().min(1).max(100),
  reason: z.string().min(1).max(200),
});

const configSchema = z
  .strictObject({
    type: z.literal('freeze'),
    zone: zoneSchema.default('UTC'),
    entries: z.array(entrySchema).min(1),
  })
  .superRefine(({ entries, zone }, context) => {
    entries.forEach((entry, index) => {
      const from = instant(entry.from, zone);
      const to = instant(entry.to, zone);
      if (!from.isValid || !to.isValid || to <= from) {
        context.addIssue({
          code: 'custom',
          path: ['entries', index, 'to'],
          message: `must be a time after ${entry.from}`,
        });
      }
    });
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
 * ```
 */
export const FreezeGate: Gate<z.output<typeof configSchema>> = {
  type: 'freeze',
  title: () => 'Freeze',
  configSchema,
  defaultFor: ['forward', 'automatic'],
  evaluate({ entries, zone }, { now }) {
    const spans = entries.map(entry => ({
      ...entry,
      begins: instant(entry.from, zone).toMillis(),
      ends: instant(entry.to, zone).toMillis(),
    }));
    const active = spans.filter(
      span => span.begins <= now.getTime() && now.getTime() < span.ends,
    );
    if (active.length === 0) {
      return { status: 'pass', reason: 'None.' };
    }
    // Freezes that follow on each other or overlap are one.
    let end = Math.max(...active.map(span => span.ends));
    for (const span of spans.toSorted((a, b) => a.begins - b.begins)) {
      if (span.begins <= end) {
        end = Math.max(end, span.ends);
      }
    }
    const [first] = active;
    return {
      status: 'wait',
      reason: `“${first.title}” until ${sayInstant(new Date(end), {
        zone,
        now,
      })} ${zone}: ${first.reason}. Set by ${first.owner}.`.slice(0, 500),
      earliest: new Date(end).toISOString(),
    };
  },
};

function instant(text: string, zone: string): DateTime {
  return DateTime.fromSQL(text.includes(' ') ? text : `${text} 00:00`, {
    zone,
  });
}
