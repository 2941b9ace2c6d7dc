// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { durationSchema } from '../domain/durationSchema';
import { lintSoak } from '../domain/lintSoak';
import { sayDuration } from '../domain/sayDuration';
import { sayList } from '../domain/sayList';

const configSchema = z.strictObject({
  type: z.literal('soak'),
  for: durationSchema,
});

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;

/**
 * The Release must have run healthy in every Environment before this one for a
 * time without a break; a redeploy or an unhealthy spell starts it again.
 *
 * ```yaml
 * gates:
 *   - { type: soak, for: 30m }
 * ```
 */
export const SoakGate: Gate<z.output<typeof configSchema>> = {
  type: 'soak',
  title: () => 'Soak',
  configSchema,
  defaultFor: ['forward', 'automatic'],
  lint: (config, context) => lintSoak(config.for, context),
  evaluate(config, { environment, environments, now, release }) {
    const asked = sayDuration(config.for);
    const absent = environment.after.filter(
      name => !environments.get(name)?.verifiedSince,
    );
    if (absent.length > 0) {
      return {
        status: 'wait',
        reason: `Release ${
          release.number
        } does not run verified and healthy in ${sayList(
          absent,
          'and',
        )} now; it must for ${asked}.`,
      };
    }
    let since = -Infinity;
    for (const name of environment.after) {
      since = Math.max(
        since,
        Date.parse(environments.get(name)?.verifiedSince ?? ''),
      );
    }
    const end = since + config.for;
    const where = sayList(environment.after, 'and');
    return end <= now.getTime()
      ? {
          status: 'pass',
          reason: `${sayDuration(
            Math.max(config.for, roughly(now.getTime() - since)),
          )} of ${asked} in ${where}.`,
        }
      : {
          status: 'wait',
          reason: `${sayDuration(
            end - now.getTime(),
          )} of ${asked} in ${where} left.`,
          earliest: new Date(end).toISOString(),
        };
  },
};

/** Rounded down, so that a page which shows it is not a new one every minute. */
function roughly(milliseconds: number): number {
  const step = milliseconds < HOUR_MS ? QUARTER_MS : HOUR_MS;
  return milliseconds - (milliseconds % step);
}
