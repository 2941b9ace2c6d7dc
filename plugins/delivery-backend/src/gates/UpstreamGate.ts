// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { sayList } from '../domain/sayList';

const configSchema = z.strictObject({ type: z.literal('upstream') });

/**
 * The Release must have been verified in every Environment before this one.
 *
 * ```yaml
 * gates:
 *   - { type: upstream }
 * ```
 */
export const UpstreamGate: Gate<z.output<typeof configSchema>> = {
  type: 'upstream',
  title: () => 'Upstream',
  configSchema,
  defaultFor: ['forward', 'automatic'],
  evaluate(_, { environment, environments, release }) {
    const missing = environment.after.filter(
      name => !environments.get(name)?.everVerified,
    );
    return missing.length === 0
      ? {
          status: 'pass',
          reason: `Release ${release.number} was verified in ${sayList(
            environment.after,
            'and',
          )}.`,
        }
      : {
          status: 'wait',
          reason: `Release ${release.number} is not verified in ${sayList(
            missing,
            'and',
          )} yet.`,
        };
  },
};
