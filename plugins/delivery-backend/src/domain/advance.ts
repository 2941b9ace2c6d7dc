// SPDX-License-Identifier: Apache-2.0
import { isFinal, type Phase } from 'backstage-plugin-delivery-common';
import type { PromotionInput } from './PromotionInput';
import type { PromotionRecord } from './PromotionRecord';

/** A line for the Promotion's record. */
export type RecordLine = {
  type: string;
  summary: string;
  by?: string;
  data?: Record<string, string | number | boolean | undefined>;
};

/**
 * What has to be done in the same transaction.
 *
 * @remarks
 * Calls to the outside are not effects: the reconciler derives them from what
 * is stored, so a crash after the commit loses none.
 */
export type Effect =
  | { type: 'deployment-began' }
  | { type: 'deployment-verified' }
  | { type: 'deployment-failed'; message: string }
  | { type: 'hold'; reason: string }
  | { type: 'roll-back'; because: string };

/** The Promotion after an input, what to write down, and what to do. */
export type Transition = {
  promotion: PromotionRecord;
  line?: RecordLine;
  effects: Effect[];
};

type Change = Partial<PromotionRecord>;

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

function whileWaiting(
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
        { subject: input.subject, subjectFields: input.fields },
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
      return to(
        promotion,
        input,
        'cancelled',
        {
          phaseReason: input.reason,
          cancelRequested: {
            by: input.by,
            at: input.at,
            reason: input.reason,
          },
        },
        {
          type: 'cancelled',
          by: input.by,
          summary: `cancelled Promotion ${promotion.number}`,
          data: { reason: input.reason },
        },
      );
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

function whileStarting(
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
    case 'unclear':
      return attention(promotion, input, input.reason);
    case 'cancel-requested':
      // Before the call nothing can exist yet; after it, only the engine knows.
      return intent && !intent.callAt
        ? to(
            promotion,
            input,
            'cancelled',
            {
              phaseReason: input.reason,
              cancelRequested: {
                by: input.by,
                at: input.at,
                reason: input.reason,
              },
            },
            {
              type: 'cancelled',
              by: input.by,
              summary: `cancelled Promotion ${promotion.number}`,
              data: { reason: input.reason },
            },
          )
        : wish(promotion, input);
    default:
      return deaf(promotion);
  }
}

function whileRunning(
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
      return fail(promotion, input, input.message, input.deployReached);
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

function whileVerifying(
  promotion: PromotionRecord,
  input: PromotionInput,
): Transition {
  switch (input.type) {
    case 'waits':
      return input.reason === promotion.phaseReason
        ? deaf(promotion)
        : quietly(promotion, input, { phaseReason: input.reason });
    case 'seen-healthy':
      return promotion.healthySince
        ? deaf(promotion)
        : quietly(promotion, input, {
            healthySince: input.at,
            phaseReason: undefined,
          });
    case 'seen-unhealthy':
      return promotion.healthySince
        ? quietly(promotion, input, { healthySince: undefined })
        : deaf(promotion);
    case 'verified':
      return to(
        promotion,
        input,
        'succeeded',
        { phaseReason: undefined, progress: undefined },
        {
          type: promotion.kind === 'rollback' ? 'rolled-back' : 'verified',
          summary:
            promotion.kind === 'rollback'
              ? `${promotion.environment} is back at Release ${promotion.releaseNumber}, verified`
              : `Release ${promotion.releaseNumber} verified in ${promotion.environment}`,
        },
        [
          { type: 'deployment-verified' },
          ...(promotion.kind === 'rollback'
            ? [{ type: 'hold' as const, reason: promotion.reason }]
            : []),
        ],
      );
    case 'verification-failed':
      return fail(promotion, input, input.message, true);
    case 'overtaken':
      return to(
        promotion,
        input,
        'superseded',
        { phaseReason: input.reason },
        { type: 'superseded', summary: input.reason },
        [{ type: 'deployment-failed', message: input.reason }],
      );
    case 'unclear':
      return attention(promotion, input, input.reason);
    default:
      return deaf(promotion);
  }
}

function whileUnclear(
  promotion: PromotionRecord,
  input: PromotionInput,
): Transition {
  switch (input.type) {
    case 'adopted':
      return to(
        promotion,
        input,
        'running',
        {
          execution: input.execution,
          phaseReason: undefined,
          runningSince: input.at,
        },
        {
          type: 'adopted',
          by: input.by,
          summary: `took over execution ${input.execution.id} for Promotion ${promotion.number}`,
          data: { reason: input.reason },
        },
      );
    case 'none-exists':
      return to(
        promotion,
        input,
        'failed',
        { phaseReason: input.reason },
        {
          type: 'none-exists',
          by: input.by,
          summary: `declared that no execution exists for Promotion ${promotion.number}`,
          data: { reason: input.reason },
        },
        promotion.deployReached
          ? [{ type: 'deployment-failed', message: input.reason }]
          : [],
      );
    case 'given-up':
      return to(
        promotion,
        input,
        'cancelled',
        { phaseReason: input.reason },
        {
          type: 'cancelled',
          by: input.by,
          summary: `cancelled Promotion ${promotion.number}`,
          data: { reason: input.reason },
        },
        promotion.deployReached
          ? [{ type: 'deployment-failed', message: input.reason }]
          : [],
      );
    default:
      return deaf(promotion);
  }
}

function beginRunning(
  promotion: PromotionRecord,
  input: PromotionInput,
  execution: PromotionRecord['execution'],
  adopted: boolean,
): Transition {
  return to(
    promotion,
    input,
    'running',
    { execution, phaseReason: undefined, runningSince: input.at },
    {
      type: 'started',
      summary: adopted
        ? `Release ${promotion.releaseNumber} to ${promotion.environment}: adopted execution ${execution?.id}`
        : `Release ${promotion.releaseNumber} to ${promotion.environment}: execution ${execution?.id} started`,
      data: { execution: execution?.id, adopted },
    },
  );
}

function wish(
  promotion: PromotionRecord,
  input: Extract<PromotionInput, { type: 'cancel-requested' }>,
): Transition {
  if (promotion.cancelRequested) {
    return deaf(promotion);
  }
  return to(
    promotion,
    input,
    promotion.phase,
    {
      cancelRequested: { by: input.by, at: input.at, reason: input.reason },
    },
    {
      type: 'cancel-requested',
      by: input.by,
      summary: `asked to cancel Promotion ${promotion.number}`,
      data: { reason: input.reason },
    },
  );
}

function fail(
  promotion: PromotionRecord,
  input: PromotionInput,
  message: string,
  deployReached: boolean,
): Transition {
  const reached = promotion.deployReached === true || deployReached;
  return to(
    promotion,
    input,
    'failed',
    { phaseReason: message, progress: undefined, deployReached: reached },
    {
      type: 'failed',
      summary: `Release ${promotion.releaseNumber} failed in ${promotion.environment}`,
      data: { reason: message },
    },
    reached
      ? [
          { type: 'deployment-failed', message },
          ...(promotion.kind === 'rollback'
            ? []
            : [{ type: 'roll-back' as const, because: message }]),
        ]
      : [],
  );
}

function attention(
  promotion: PromotionRecord,
  input: PromotionInput,
  reason: string,
): Transition {
  return to(
    promotion,
    input,
    'needs-attention',
    { phaseReason: reason },
    { type: 'needs-attention', summary: reason },
  );
}

function deaf(promotion: PromotionRecord): Transition {
  return { promotion, effects: [] };
}

/** A change that is no arrow and needs no line in the record. */
function quietly(
  promotion: PromotionRecord,
  input: PromotionInput,
  change: Change,
): Transition {
  return {
    promotion: {
      ...promotion,
      ...change,
      version: promotion.version + 1,
      updatedAt: input.at,
    },
    effects: [],
  };
}

function to(
  promotion: PromotionRecord,
  input: PromotionInput,
  phase: Phase,
  change: Change,
  line: RecordLine,
  effects: Effect[] = [],
): Transition {
  return {
    ...quietly(promotion, input, { ...change, phase }),
    line,
    effects,
  };
}
