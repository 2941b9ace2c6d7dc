// SPDX-License-Identifier: Apache-2.0
import type { PromotionInput } from '../PromotionInput';
import type { PromotionRecord } from '../PromotionRecord';
import type { Transition } from '../Transition';
import { cancelAtOnce, deaf, quietly, to } from './moves';

/** Approvals given before that many changes only say that something changed. */
const MOST_SUBJECTS = 20;

/** What happens to a Promotion that waits for its gates. */
export function whileWaiting(
  promotion: PromotionRecord,
  input: PromotionInput,
): Transition {
  switch (input.type) {
    case 'waits':
      return input.reason === promotion.phaseReason
        ? deaf(promotion)
        : quietly(promotion, input, { phaseReason: input.reason });
    case 'subject-changed':
      return to(
        promotion,
        input,
        'waiting',
        {
          subject: input.subject,
          subjectFields: input.fields,
          pastSubjects: [
            ...(promotion.pastSubjects ?? []),
            { subject: promotion.subject, fields: promotion.subjectFields },
          ].slice(-MOST_SUBJECTS),
        },
        {
          type: 'subject-changed',
          summary: `Changed while it waited: ${input.changed.join(
            ', ',
          )}. Approvals given before no longer count.`,
        },
      );
    case 'approved':
      return to(
        promotion,
        input,
        'waiting',
        {},
        {
          type: 'approved',
          by: input.by,
          summary: `approved Release ${promotion.releaseNumber} for ${promotion.environment}`,
          data: { reason: input.reason },
        },
      );
    case 'withdrawn':
      return to(
        promotion,
        input,
        'waiting',
        {},
        {
          type: 'withdrawn',
          by: input.by,
          summary: `took back the approval of Release ${promotion.releaseNumber} for ${promotion.environment}`,
          data: { reason: input.reason },
        },
      );
    case 'overridden':
      return to(
        promotion,
        input,
        'waiting',
        {},
        {
          type: 'overridden',
          by: input.by,
          summary: `overrode ${input.gates.join(', ')} for Release ${
            promotion.releaseNumber
          } into ${promotion.environment}`,
          data: { reason: input.reason, gates: input.gates.join(',') },
        },
      );
    case 'rejected':
      return to(
        promotion,
        input,
        'rejected',
        { phaseReason: input.reason },
        {
          type: 'rejected',
          by: input.by,
          summary: `rejected Release ${promotion.releaseNumber} for ${promotion.environment}`,
          data: { reason: input.reason },
        },
      );
    case 'cancel-requested':
      return cancelAtOnce(promotion, input);
    case 'superseded':
      return to(
        promotion,
        input,
        'superseded',
        { phaseReason: input.reason },
        { type: 'superseded', summary: input.reason },
      );
    case 'expired':
      return to(
        promotion,
        input,
        'expired',
        { phaseReason: 'Nobody let it pass in time.' },
        {
          type: 'expired',
          summary: `Promotion ${promotion.number} expired before its gates let it pass`,
        },
      );
    case 'gates-passed': {
      const attempt = promotion.attempt + 1;
      return to(
        promotion,
        input,
        'starting',
        {
          phaseReason: undefined,
          attempt,
          correlationId: `dlv-${promotion.id}-${attempt}`,
          intent: {
            at: input.at,
            requestHash: input.requestHash,
            pipelineId: input.pipelineId,
          },
          admitted: input.decision,
          approvedBy: input.approvedBy,
        },
        {
          type: 'admitted',
          summary: `${input.decision.verdicts.length} of ${input.decision.verdicts.length} gates let Release ${promotion.releaseNumber} into ${promotion.environment}`,
          data: { requestHash: input.requestHash, attempt },
        },
      );
    }
    default:
      return deaf(promotion);
  }
}
