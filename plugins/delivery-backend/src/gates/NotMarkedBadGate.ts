// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { nameOf } from '../domain/nameOf';

const configSchema = z.strictObject({ type: z.literal('notMarkedBad') });

/**
 * Nobody may have marked the Release as bad.
 *
 * ```yaml
 * gates:
 *   - { type: notMarkedBad }
 * ```
 */
export const NotMarkedBadGate: Gate<z.output<typeof configSchema>> = {
  type: 'notMarkedBad',
  title: () => 'Not marked bad',
  configSchema,
  defaultFor: ['forward', 'automatic', 'rollback'],
  evaluate(_, { release }) {
    return release.markedBad
      ? {
          status: 'fail',
          reason: `${nameOf(release.markedBad.by)} marked Release ${
            release.number
          } as bad: ${release.markedBad.reason}`.slice(0, 500),
        }
      : {
          status: 'pass',
          reason: `Nobody marked Release ${release.number} as bad.`,
        };
  },
};
