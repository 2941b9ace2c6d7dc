// SPDX-License-Identifier: Apache-2.0
import type { PromotionInput } from '../PromotionInput';
import type { PromotionRecord } from '../PromotionRecord';
import type { Transition } from '../Transition';
import { fail, attention, deaf, quietly, to } from './moves';

/** What happens to a Promotion that is deployed and not proved yet. */
export function whileVerifying(
  promotion: PromotionRecord,
  input: PromotionInput,
): Transition {
  switch (input.type) {
    case 'waits':
      return input.reason === promotion.phaseReason
        ? deaf(promotion)
        : quietly(promotion, input, { phaseReason: input.reason });
    case 'seen-healthy':
      return promotion.healthySince
        ? deaf(promotion)
        : quietly(promotion, input, {
            healthySince: input.at,
            phaseReason: undefined,
          });
    case 'seen-unhealthy':
      return promotion.healthySince
        ? quietly(promotion, input, { healthySince: undefined })
        : deaf(promotion);
    case 'verified':
      return to(
        promotion,
        input,
        'succeeded',
        { phaseReason: undefined, progress: undefined },
        {
          type: promotion.kind === 'rollback' ? 'rolled-back' : 'verified',
          summary:
            promotion.kind === 'rollback'
              ? `${promotion.environment} is back at Release ${promotion.releaseNumber}, verified`
              : `Release ${promotion.releaseNumber} verified in ${promotion.environment}`,
        },
        [
          { type: 'deployment-verified' },
          ...(promotion.kind === 'rollback'
            ? [{ type: 'hold' as const, reason: promotion.reason }]
            : []),
        ],
      );
    case 'verification-failed':
      return fail(promotion, input, input.message, true);
    case 'overtaken':
      return to(
        promotion,
        input,
        'superseded',
        { phaseReason: input.reason },
        { type: 'superseded', summary: input.reason },
        [{ type: 'deployment-failed', message: input.reason }],
      );
    case 'unclear':
      return attention(promotion, input, input.reason);
    default:
      return deaf(promotion);
  }
}
