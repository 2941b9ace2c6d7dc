// SPDX-License-Identifier: Apache-2.0
import { advance } from '../domain/advance';
import type { Seal } from '../domain/chain';
import type { PromotionInput } from '../domain/PromotionInput';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { applyEffects } from './applyEffects';
import type { Db } from './Db';
import { appendPromotionEvent } from './promotionEvents';
import { updatePromotion } from './updatePromotion';

/** Makes the Promotion that follows from another one, in its transaction. */
export type FollowUps = {
  /** Makes the rollback after a failure; the Release number it goes back to. */
  rollBack(
    tx: Db,
    failed: PromotionRecord,
    because: string,
  ): Promise<number | undefined>;
  /** Makes the automatic Promotions that a verified Release brings about. */
  carryOn(tx: Db, verified: PromotionRecord): Promise<void>;
  /** Seals the lines of the record. */
  readonly seal: Seal;
};

/**
 * Carries one arrow of the state machine out in the given transaction.
 *
 * @remarks
 * The row is changed only if nobody changed it since it was read; then the line
 * is appended and the effects are stored with it, or nothing is.
 * @returns The Promotion as it is now: the same object when the input no longer
 * applied.
 * @throws LostRace when somebody else was faster; LaneTaken when the lane is
 * held by another one.
 */
export async function changePromotion(
  tx: Db,
  promotion: PromotionRecord,
  input: PromotionInput,
  followUps: FollowUps,
): Promise<PromotionRecord> {
  const { effects, line, promotion: next } = advance(promotion, input);
  if (next === promotion) {
    return promotion;
  }
  await updatePromotion(tx, next, promotion.version);
  await applyEffects(tx, next, effects, input.at);
  // Last of what every change does: the end of the log is locked until the commit.
  if (line) {
    await appendPromotionEvent(
      tx,
      {
        ...line,
        promotionId: promotion.id,
        service: promotion.service,
        phase: next.phase,
        at: input.at,
      },
      followUps.seal,
    );
  }
  if (effects.some(effect => effect.type === 'deployment-verified')) {
    await followUps.carryOn(tx, next);
  }
  const failure = effects.find(effect => effect.type === 'roll-back');
  const rolledBackTo =
    failure && (await followUps.rollBack(tx, next, failure.because));
  if (rolledBackTo === undefined) {
    return next;
  }
  const told = { ...next, rolledBackTo, version: next.version + 1 };
  await updatePromotion(tx, told, next.version);
  return told;
}
