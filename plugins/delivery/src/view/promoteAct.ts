// SPDX-License-Identifier: Apache-2.0
import type { Decision, SlotState } from 'backstage-plugin-delivery-common';
import { counted } from './counted';
import { formatStep } from './formatStep';
import { missingApprovals } from './missingApprovals';
import { onlyApprovalsMissing } from './onlyApprovalsMissing';
import { openVerdicts } from './openVerdicts';
import type { ReviewStaleness } from './reviewStaleness';
import type { ViewClock } from './ViewClock';
import { waitingReason } from './waitingReason';

/** The button at the end of a review and what stands beside it. */
export type PromoteAct = {
  label: string;
  blocked: boolean;
  lead?: string;
  rest?: string;
};

/** What the button of a review says, and why it cannot be pressed yet. */
export function promoteAct(
  review: {
    release: number;
    to: string;
    decision: Decision | undefined;
    slots: readonly SlotState[];
    staleness: ReviewStaleness;
    reasonGiven: boolean;
    reviewedAt: string;
  },
  clock: ViewClock,
): PromoteAct {
  const { release, to, decision, slots, staleness } = review;
  const full = `Promote release ${release} to ${to}`;
  if (staleness.kind === 'newer-release') {
    return {
      label: full,
      blocked: true,
      lead: 'Choose first:',
      rest: `review release ${staleness.candidate.number}, or keep release ${release}.`,
    };
  }
  if (staleness.kind === 'target-changed') {
    return {
      label: full,
      blocked: true,
      lead: 'Read it again first:',
      rest: `${to} is not what it was.`,
    };
  }
  if (!decision) {
    return {
      label: full,
      blocked: true,
      lead: 'The gates cannot be judged now.',
    };
  }
  if (decision.outcome === 'stop') {
    const cause = openVerdicts(decision).find(
      ({ status }) => status === 'fail',
    );
    return {
      label: full,
      blocked: true,
      lead: cause ? `${cause.title}: ${cause.reason}` : decision.reason,
    };
  }
  return openAct({ ...review, decision, full, slots }, clock);
}

function openAct(
  review: {
    decision: Decision;
    slots: readonly SlotState[];
    full: string;
    reasonGiven: boolean;
    reviewedAt: string;
  },
  clock: ViewClock,
): PromoteAct {
  const { decision, slots, full } = review;
  const blocked = !review.reasonGiven;
  const first = blocked ? { lead: 'Write a reason to go on.' } : {};
  if (decision.outcome === 'proceed') {
    return {
      label: full,
      blocked,
      rest: `Checked again on the server when you press the button. Reviewed at ${formatStep(
        review.reviewedAt,
        clock,
      )}.`,
      ...first,
    };
  }
  if (onlyApprovalsMissing(decision)) {
    const missing = Math.max(1, missingApprovals(slots));
    return {
      label: 'Request approval',
      blocked,
      lead: `Needs ${counted(missing, 'approval')}.`,
      rest: `Starts by itself when ${
        missing === 1 ? 'it is' : 'all are'
      } given and all gates still pass; holds nothing up meanwhile.`,
      ...first,
    };
  }
  const { lead, rest } = waitingReason(decision, slots, clock);
  return {
    label: `${full} when possible`,
    blocked,
    lead,
    rest: `${rest} It waits and starts by itself once every gate passes.`.trim(),
    ...first,
  };
}
