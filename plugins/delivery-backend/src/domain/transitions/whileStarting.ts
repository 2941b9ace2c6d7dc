// SPDX-License-Identifier: Apache-2.0
import type { PromotionInput } from '../PromotionInput';
import type { PromotionRecord } from '../PromotionRecord';
import type { Transition } from '../Transition';
import {
  cancelAtOnce,
  beginRunning,
  wish,
  fail,
  attention,
  deaf,
  quietly,
  to,
} from './moves';

/** What happens to a Promotion whose lane is taken and whose Execution is not known yet. */
export function whileStarting(
  promotion: PromotionRecord,
  input: PromotionInput,
): Transition {
  const { intent } = promotion;
  switch (input.type) {
    case 'waits':
      return input.reason === promotion.phaseReason
        ? deaf(promotion)
        : quietly(promotion, input, { phaseReason: input.reason });
    case 'call-begins':
      return intent && !intent.callAt
        ? to(
            promotion,
            input,
            'starting',
            { intent: { ...intent, callAt: input.at } },
            {
              type: 'call',
              summary: `Asking the engine to start attempt ${promotion.attempt}`,
              data: { correlationId: promotion.correlationId },
            },
          )
        : deaf(promotion);
    case 'call-unknown':
      return intent && !intent.unknown
        ? to(
            promotion,
            input,
            'starting',
            {
              intent: { ...intent, unknown: input.reason },
              phaseReason: `${input.reason} Looking whether it started.`,
            },
            { type: 'call-unknown', summary: input.reason },
          )
        : deaf(promotion);
    case 'start-refused':
      return fail(promotion, input, input.reason, false);
    case 'start-again': {
      if (!intent) {
        return deaf(promotion);
      }
      const attempt = promotion.attempt + 1;
      return to(
        promotion,
        input,
        'starting',
        {
          attempt,
          correlationId: `dlv-${promotion.id}-${attempt}`,
          intent: {
            at: input.at,
            requestHash: intent.requestHash,
            pipelineId: intent.pipelineId,
          },
          phaseReason: undefined,
        },
        {
          type: 'start-again',
          summary: `No execution was found in time; attempt ${attempt} begins`,
        },
      );
    }
    case 'execution-found':
      return beginRunning(promotion, input, input.execution, input.adopted);
    case 'overtaken':
      // After the call only the engine knows what became of it.
      return intent && !intent.callAt
        ? to(
            promotion,
            input,
            'superseded',
            { phaseReason: input.reason },
            { type: 'superseded', summary: input.reason },
          )
        : deaf(promotion);
    case 'unclear':
      return attention(promotion, input, input.reason);
    case 'cancel-requested':
      // Before the call nothing can exist yet; after it, only the engine knows.
      return intent && !intent.callAt
        ? cancelAtOnce(promotion, input)
        : wish(promotion, input);
    default:
      return deaf(promotion);
  }
}
