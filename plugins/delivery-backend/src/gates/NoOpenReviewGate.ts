// SPDX-License-Identifier: Apache-2.0
import type { Gate } from 'backstage-plugin-delivery-node';
import { z } from 'zod';
import { nameOf } from '../domain/nameOf';

const configSchema = z.strictObject({ type: z.literal('noOpenReview') });

/**
 * No override of the Service may wait for its review longer than it should: who
 * broke the glass must let somebody look at it before the next Release goes on.
 *
 * ```yaml
 * gates:
 *   - { type: noOpenReview, overridable: false }
 * ```
 */
export const NoOpenReviewGate: Gate<z.output<typeof configSchema>> = {
  type: 'noOpenReview',
  title: () => 'Reviews',
  configSchema,
  defaultFor: ['forward'],
  evaluate(_, { overdueReviews }) {
    const [oldest] = overdueReviews;
    return oldest
      ? {
          status: 'wait',
          reason: `${nameOf(oldest.by)} overrode ${oldest.gates.join(
            ', ',
          )}, and the review was due ${oldest.reviewDue.slice(
            0,
            10,
          )}. Somebody else must close it.`,
        }
      : { status: 'pass', reason: 'No review is overdue.' };
  },
};
