// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { lintWindow } from '../domain/lintWindow';
import { openingOf } from '../domain/openingOf';
import { sayInstant } from '../domain/sayInstant';
import { weeklyRangeSchema } from '../domain/WeeklyRange';
import { zoneSchema } from '../domain/zoneSchema';

const configSchema = z
  .strictObject({
    type: z.literal('window'),
    zone: zoneSchema,
    allow: z.array(weeklyRangeSchema).default([]),
    deny: z.array(weeklyRangeSchema).default([]),
  })
  .refine(({ allow, deny }) => allow.length + deny.length > 0, {
    message: 'needs hours to allow or to deny',
    path: ['allow'],
  })
  .transform(config => {
    const hours = config.allow.map(range => range.written).join(', ');
    const rule = hours ? ` (${hours} ${config.zone})` : ` (${config.zone})`;
    return { ...config, rule };
  });

/**
 * Promotions enter only in certain hours of the week.
 *
 * @remarks
 * Hours are half-open and those of the wall clock in the zone, whatever
 * daylight saving does; what is denied is closed even where it is allowed.
 *
 * ```yaml
 * gates:
 *   - type: window
 *     zone: Europe/Berlin
 *     allow: ['Mon-Thu 09:00-16:00', 'Fri 09:00-12:00']
 *     deny: ['Wed 12:00-13:00']
 * ```
 */
export const WindowGate: Gate<z.output<typeof configSchema>> = {
  type: 'window',
  title: () => 'Window',
  configSchema,
  defaultFor: ['forward', 'automatic'],
  lint: (config, context) => lintWindow(config, context),
  evaluate(config, { now }) {
    const { rule, zone } = config;
    const opening = openingOf(config, now);
    if (opening.open) {
      return {
        status: 'pass',
        reason: opening.until
          ? `Open until ${sayInstant(opening.until, { zone, now })} ${zone}.`
          : `Open${rule}.`,
      };
    }
    return opening.opens
      ? {
          status: 'wait',
          reason: `Opens ${sayInstant(opening.opens, { zone, now })}${rule}.`,
          earliest: opening.opens.toISOString(),
        }
      : { status: 'wait', reason: `Never opens${rule}.` };
  },
};
