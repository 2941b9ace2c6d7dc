// SPDX-License-Identifier: Apache-2.0
import type { PromotionInput } from '../domain/PromotionInput';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { advance } from '../domain/advance';
import { applyEffects } from './applyEffects';
import type { Db } from './Db';
import { appendPromotionEvent } from './promotionEvents';
import { updatePromotion } from './updatePromotion';

/**
 * Carries one arrow of the state machine out in the given transaction.
 *
 * @remarks
 * The row is changed only if nobody changed it since it was read; then the line
 * is appended and the effects are stored with it, or nothing is.
 * @returns The Promotion as it is now: the same object when the input no longer
 * applied.
 * @throws LostRace when somebody else was faster.
 */
export async function changePromotion(
  tx: Db,
  promotion: PromotionRecord,
  input: PromotionInput,
): Promise<PromotionRecord> {
  const transition = advance(promotion, input);
  if (transition.promotion === promotion) {
    return promotion;
  }
  await updatePromotion(tx, transition.promotion, promotion.version);
  if (transition.line) {
    await appendPromotionEvent(tx, {
      ...transition.line,
      promotionId: promotion.id,
      service: promotion.service,
      phase: transition.promotion.phase,
      at: input.at,
    });
  }
  return applyEffects(tx, transition.promotion, transition.effects, input.at);
}
