// SPDX-License-Identifier: Apache-2.0
import { isFinal } from 'backstage-plugin-delivery-common';
import type { PromotionInput } from './PromotionInput';
import type { PromotionRecord } from './PromotionRecord';
import type { Transition } from './Transition';
import { deaf } from './transitions/moves';
import { whileRunning } from './transitions/whileRunning';
import { whileStarting } from './transitions/whileStarting';
import { whileUnclear } from './transitions/whileUnclear';
import { whileVerifying } from './transitions/whileVerifying';
import { whileWaiting } from './transitions/whileWaiting';

/**
 * The state machine of a Promotion: pure, total, and deaf to inputs that no
 * longer apply, for which it returns the same object.
 */
export function advance(
  promotion: PromotionRecord,
  input: PromotionInput,
): Transition {
  if (isFinal(promotion.phase)) {
    return { promotion, effects: [] };
  }
  switch (promotion.phase) {
    case 'waiting':
      return whileWaiting(promotion, input);
    case 'starting':
      return whileStarting(promotion, input);
    case 'running':
      return whileRunning(promotion, input);
    case 'verifying':
      return whileVerifying(promotion, input);
    case 'needs-attention':
      return whileUnclear(promotion, input);
    default:
      return deaf(promotion);
  }
}
