// SPDX-License-Identifier: Apache-2.0
import { digestOf } from 'backstage-plugin-delivery-node';
import { changedSubjectFields } from 'backstage-plugin-delivery-common';
import { changePromotion } from '../database/changePromotion';
import { LaneTaken } from '../database/LaneTaken';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { DecisionAnswer } from '../services/DecisionService';
import type { EngineRoom } from './EngineRoom';
import { loadQuestion } from './loadQuestion';
import type { Step } from './Step';

/**
 * Looks whether the Gates let a waiting Promotion pass, and takes the lane when
 * they do.
 *
 * @remarks
 * The lane is taken in the transaction that evaluates the Gates once more and
 * stores the intent; nothing has been called by then. Waiting holds no lane.
 */
export async function stepWaiting(
  room: EngineRoom,
  promotion: PromotionRecord,
): Promise<Step | 'changed'> {
  const now = room.clock.now();
  const at = now.toISOString();
  if (Date.parse(promotion.expiresAt) <= now.getTime()) {
    return { input: { type: 'expired', at } };
  }
  const asked = await loadQuestion(room.knex, room.config, promotion);
  if (asked.state === 'gone') {
    return later(room, asked.reason);
  }
  const outside = await room.decisions.gather(asked.question, { fresh: true });
  const seen = await room.decisions.decideWithin(
    room.knex,
    asked.question,
    outside,
  );
  if (seen.subject !== promotion.subject) {
    return {
      input: {
        type: 'subject-changed',
        at,
        subject: seen.subject,
        fields: seen.subjectFields,
        changed: changedSubjectFields(
          promotion.subjectFields,
          seen.subjectFields,
        ),
      },
    };
  }
  if (seen.decision.outcome !== 'proceed') {
    return later(room, seen.decision.reason, seen.decision.earliest);
  }
  try {
    const admitted = await room.knex.transaction(async tx => {
      const answer = await room.decisions.decideWithin(
        tx,
        asked.question,
        outside,
      );
      if (
        answer.decision.outcome !== 'proceed' ||
        answer.subject !== promotion.subject ||
        answer.binding.state !== 'bound'
      ) {
        return false;
      }
      await changePromotion(
        tx,
        promotion,
        {
          type: 'gates-passed',
          at,
          decision: answer.decision,
          approvedBy: approvers(answer),
          pipelineId: answer.binding.pipelineId,
          requestHash: digestOf({
            subject: answer.subject,
            pipelineId: answer.binding.pipelineId,
            chartVersion: asked.question.release.chart.version,
            attempt: promotion.attempt + 1,
          }),
        },
        room.followUps,
      );
      return true;
    });
    return admitted ? 'changed' : later(room, 'Something changed meanwhile.');
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
