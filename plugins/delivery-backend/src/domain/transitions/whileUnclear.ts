// SPDX-License-Identifier: Apache-2.0
import type { PromotionInput } from '../PromotionInput';
import type { PromotionRecord } from '../PromotionRecord';
import type { Transition } from '../Transition';
import { deaf, to } from './moves';

/** What happens to a Promotion that a person must look at. */
export function whileUnclear(
  promotion: PromotionRecord,
  input: PromotionInput,
): Transition {
  switch (input.type) {
    case 'adopted':
      return to(
        promotion,
        input,
        'running',
        {
          execution: input.execution,
          phaseReason: undefined,
          runningSince: input.at,
        },
        {
          type: 'adopted',
          by: input.by,
          summary: `took over execution ${input.execution.id} for Promotion ${promotion.number}`,
          data: { reason: input.reason },
        },
      );
    case 'none-exists':
      return to(
        promotion,
        input,
        'failed',
        { phaseReason: input.reason },
        {
          type: 'none-exists',
          by: input.by,
          summary: `declared that no execution exists for Promotion ${promotion.number}`,
          data: { reason: input.reason },
        },
        promotion.deployReached
          ? [{ type: 'deployment-failed', message: input.reason }]
          : [],
      );
    case 'given-up':
      return to(
        promotion,
        input,
        'cancelled',
        { phaseReason: input.reason },
        {
          type: 'cancelled',
          by: input.by,
          summary: `cancelled Promotion ${promotion.number}`,
          data: { reason: input.reason },
        },
        promotion.deployReached
          ? [{ type: 'deployment-failed', message: input.reason }]
          : [],
      );
    default:
      return deaf(promotion);
  }
}
