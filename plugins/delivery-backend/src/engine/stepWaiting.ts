// SPDX-License-Identifier: Apache-2.0
import { digestOf } from 'backstage-plugin-delivery-node';
import { changedSubjectFields } from 'backstage-plugin-delivery-common';
import { changePromotion } from '../database/changePromotion';
import { LaneTaken } from '../database/LaneTaken';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { DecisionAnswer } from '../services/DecisionService';
import { busyUntil } from './busyUntil';
import type { EngineRoom } from './EngineRoom';
import type { LoadedQuestion } from './loadQuestion';
import type { Step } from './Step';

/**
 * Looks whether the Gates let a waiting Promotion pass, and takes the lane when
 * they do.
 *
 * @remarks
 * The lane is taken in the transaction that evaluates the Gates and stores the
 * intent; nothing has been called by then. Waiting holds no lane.
 */
export async function stepWaiting(
  room: EngineRoom,
  promotion: PromotionRecord,
  asked: LoadedQuestion,
): Promise<Step> {
  const now = room.clock.now();
  const at = now.toISOString();
  if (Date.parse(promotion.expiresAt) <= now.getTime()) {
    return { input: { type: 'expired', at } };
  }
  if (asked.state === 'gone') {
    return later(room, asked.reason);
  }
  const { question } = asked;
  const outside = await room.decisions.gather(question, { fresh: true });
  try {
    return await room.knex.transaction(async tx => {
      const answer = await room.decisions.decideWithin(tx, question, outside);
      const { binding, decision, subject, subjectFields } = answer;
      if (subject !== promotion.subject) {
        return {
          input: {
            type: 'subject-changed',
            at,
            subject,
            fields: subjectFields,
            changed: changedSubjectFields(
              promotion.subjectFields,
              subjectFields,
            ),
          },
        };
      }
      if (decision.outcome !== 'proceed' || binding.state !== 'bound') {
        return later(room, decision.reason, decision.earliest);
      }
      const changed = await changePromotion(
        tx,
        promotion,
        {
          type: 'gates-passed',
          at,
          decision,
          approvedBy: approvers(answer),
          pipelineId: binding.pipelineId,
          requestHash: digestOf({
            subject,
            pipelineId: binding.pipelineId,
            chartVersion: question.release.chart.version,
            attempt: promotion.attempt + 1,
          }),
        },
        room.followUps,
        busyUntil(room.clock),
      );
      return { changed };
    });
  } catch (error) {
    if (error instanceof LaneTaken) {
      return later(
        room,
        `Another promotion is on its way into ${promotion.environment}; this one starts after it.`,
      );
    }
    throw error;
  }
}

function approvers(answer: DecisionAnswer): string[] {
  return answer.slots.flatMap(slot => (slot.filledBy ? [slot.filledBy] : []));
}

function later(room: EngineRoom, reason: string, earliest?: string): Step {
  const soon = room.clock.now().getTime() + room.config.timing.sweep;
  const due = earliest ? Date.parse(earliest) : soon;
  return { nextCheck: new Date(Math.min(soon, due)), waitsFor: reason };
}
