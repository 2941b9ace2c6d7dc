// SPDX-License-Identifier: Apache-2.0
import {
  isFinal,
  type EntityRef,
  type OpenPromotion,
  type PromotionEvent,
} from 'backstage-plugin-delivery-common';
import { toPromotion, type PromotionRecord } from '../domain/PromotionRecord';
import type { DecisionAnswer } from '../services/DecisionService';
import type { Abilities } from './Abilities';
import { mayApprove } from './mayApprove';
import { phasesOf } from './phasesOf';

/** What is shown of a Promotion besides what is stored in it. */
export type PromotionAnswer = Pick<
  DecisionAnswer,
  'approvals' | 'slots' | 'notCounted' | 'overrides' | 'decision' | 'binding'
>;

/**
 * A Promotion as a person sees it.
 *
 * @remarks
 * Once past its gates it shows the Decision that let it pass, frozen.
 */
export function buildOpenPromotion(options: {
  promotion: PromotionRecord;
  answer: Partial<PromotionAnswer>;
  abilities: Abilities;
  person: EntityRef | undefined;
  events: readonly PromotionEvent[];
}): OpenPromotion {
  const { abilities, answer, events, person, promotion } = options;
  const {
    approvals = [],
    notCounted = [],
    overrides = [],
    slots = [],
  } = answer;
  const decision = promotion.admitted ?? answer.decision;
  return {
    ...toPromotion(promotion),
    ...(decision ? { decision } : {}),
    approvals,
    overrides,
    slots,
    notCounted,
    mayOverride:
      promotion.phase === 'waiting'
        ? abilities.override
        : { allowed: false, reason: 'No gate stands in its way any more.' },
    mayApprove: mayApprove({
      person,
      phase: promotion.phase,
      permitted: abilities.approve,
      slots,
      notCounted,
      approvals,
    }),
    mayCancel: isFinal(promotion.phase)
      ? { allowed: false, reason: 'It has ended.' }
      : abilities.cancel,
    phases: phasesOf(events),
  };
}
