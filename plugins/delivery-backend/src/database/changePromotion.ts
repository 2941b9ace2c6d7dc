// SPDX-License-Identifier: Apache-2.0
import { advance } from '../domain/advance';
import type { Seal } from '../domain/chain';
import type { PromotionInput } from '../domain/PromotionInput';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { Transition } from '../domain/Transition';
import type { Knex } from 'knex';
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
 * @param nextCheck - When the Promotion is looked at again; at once when left out.
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
  nextCheck?: Date,
): Promise<PromotionRecord> {
  const transition = advance(promotion, input);
  return transition.promotion === promotion
    ? promotion
    : carryOut(tx, {
        promotion,
        transition,
        at: input.at,
        followUps,
        nextCheck,
      });
}

/**
 * Carries one arrow of the state machine out in a transaction of its own.
 *
 * @param options - `nextCheck` is when the Promotion is looked at again; at once
 * when left out.
 *
 * @remarks
 * One that makes no line and has no effects is a single statement.
 */
export async function changeAlone(
  knex: Knex,
  promotion: PromotionRecord,
  input: PromotionInput,
  options: { followUps: FollowUps; nextCheck?: Date },
): Promise<PromotionRecord> {
  const { followUps, nextCheck } = options;
  const transition = advance(promotion, input);
  const { effects, line, promotion: next } = transition;
  if (next === promotion) {
    return promotion;
  }
  if (!line && effects.length === 0) {
    await updatePromotion(knex, next, promotion.version, nextCheck);
    return next;
  }
  return knex.transaction(tx =>
    carryOut(tx, {
      promotion,
      transition,
      at: input.at,
      followUps,
      nextCheck,
    }),
  );
}

async function carryOut(
  tx: Db,
  given: {
    promotion: PromotionRecord;
    transition: Transition;
    at: string;
    followUps: FollowUps;
    nextCheck?: Date;
  },
): Promise<PromotionRecord> {
  const { at, followUps, nextCheck, promotion, transition } = given;
  const { effects, line, promotion: next } = transition;
  await updatePromotion(tx, next, promotion.version, nextCheck);
  await applyEffects(tx, next, effects, at);
  // Last of what every change does: the end of the log is locked until the commit.
  if (line) {
    await appendPromotionEvent(
      tx,
      {
        ...line,
        promotionId: promotion.id,
        service: promotion.service,
        phase: next.phase,
        at,
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
