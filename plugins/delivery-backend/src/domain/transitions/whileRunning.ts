// SPDX-License-Identifier: Apache-2.0
import type { PromotionInput } from '../PromotionInput';
import type { PromotionRecord } from '../PromotionRecord';
import type { Transition } from '../Transition';
import { wish, fail, attention, deaf, quietly, to } from './moves';

/** What happens to a Promotion whose Execution runs. */
export function whileRunning(
  promotion: PromotionRecord,
  input: PromotionInput,
): Transition {
  switch (input.type) {
    case 'progress': {
      const began = input.deployReached && !promotion.deployReached;
      const same =
        JSON.stringify(promotion.progress) === JSON.stringify(input.progress);
      if (!began && same) {
        return deaf(promotion);
      }
      if (!began) {
        return quietly(promotion, input, { progress: input.progress });
      }
      return to(
        promotion,
        input,
        'running',
        { progress: input.progress, deployReached: true },
        {
          type: 'deploying',
          summary: `Release ${promotion.releaseNumber} enters ${promotion.environment}`,
        },
        [{ type: 'deployment-began' }],
      );
    }
    case 'waits':
      return input.reason === promotion.phaseReason
        ? deaf(promotion)
        : quietly(promotion, input, { phaseReason: input.reason });
    case 'execution-succeeded': {
      const began = !promotion.deployReached;
      return to(
        promotion,
        input,
        'verifying',
        {
          phaseReason: undefined,
          progress: undefined,
          deployReached: true,
          verifyingSince: input.at,
        },
        {
          type: 'deployed',
          summary: `Release ${promotion.releaseNumber} was deployed to ${promotion.environment}; verifying what runs`,
        },
        began ? [{ type: 'deployment-began' }] : [],
      );
    }
    case 'execution-failed':
      return fail(
        { ...promotion, saidBy: input.saidBy },
        input,
        input.message,
        input.deployReached,
      );
    case 'execution-cancelled': {
      const reached = promotion.deployReached === true || input.deployReached;
      return to(
        promotion,
        input,
        'cancelled',
        {
          phaseReason: input.message,
          progress: undefined,
          deployReached: reached,
        },
        {
          type: 'cancelled',
          by: promotion.cancelRequested?.by,
          summary: `Promotion ${promotion.number} was cancelled`,
          data: { reason: promotion.cancelRequested?.reason ?? input.message },
        },
        reached ? [{ type: 'deployment-failed', message: input.message }] : [],
      );
    }
    case 'unclear':
      return attention(promotion, input, input.reason);
    case 'cancel-requested':
      return wish(promotion, input);
    case 'cancel-sent':
      return promotion.cancelSent
        ? deaf(promotion)
        : quietly(promotion, input, { cancelSent: true });
    default:
      return deaf(promotion);
  }
}
