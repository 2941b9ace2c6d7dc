// SPDX-License-Identifier: Apache-2.0
import type { Phase } from 'backstage-plugin-delivery-common';
import type { PromotionInput } from '../PromotionInput';
import type { PromotionRecord } from '../PromotionRecord';
import type { Effect, RecordLine, Transition } from '../Transition';

type Change = Partial<PromotionRecord>;

export function beginRunning(
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

export function wish(
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

export function fail(
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

export function attention(
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

export function deaf(promotion: PromotionRecord): Transition {
  return { promotion, effects: [] };
}

/** A change that is no arrow and needs no line in the record. */
export function quietly(
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

export function to(
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

/** Ends a Promotion of which nothing can exist outside yet. */
export function cancelAtOnce(
  promotion: PromotionRecord,
  input: Extract<PromotionInput, { type: 'cancel-requested' }>,
): Transition {
  const { at, by, reason } = input;
  return to(
    promotion,
    input,
    'cancelled',
    { phaseReason: reason, cancelRequested: { by, at, reason } },
    {
      type: 'cancelled',
      by,
      summary: `cancelled Promotion ${promotion.number}`,
      data: { reason },
    },
  );
}
