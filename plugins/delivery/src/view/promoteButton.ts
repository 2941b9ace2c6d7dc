// SPDX-License-Identifier: Apache-2.0
import type {
  Decision,
  Door,
  EnvironmentDelivery,
  OpenPromotion,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { counted } from './counted';
import { formatMoment } from './formatMoment';
import { formatWhen } from './formatWhen';
import { missingApprovals } from './missingApprovals';
import { onlyApprovalsMissing } from './onlyApprovalsMissing';
import { openVerdicts } from './openVerdicts';
import { passedText } from './passedText';
import { personName } from './personName';
import { promotionsInto } from './promotionsInto';
import type { ViewClock } from './ViewClock';
import { waitingReason } from './waitingReason';
import { whoMay } from './whoMay';

/** The one button of a way into the next Environment, with its reason. */
export type PromoteButtonView = {
  kind: 'ready' | 'in-flight' | 'already-there' | 'blocked' | 'not-allowed';
  from: string;
  to: string;
  label: string;
  /** The cause or the earliest time; drawn bold. */
  lead?: string;
  rest?: string;
  promotion?: { id: string; number: number };
  /** Whether a Promotion could be asked for now and wait by itself. */
  canWait: boolean;
};

type Reason = Pick<PromoteButtonView, 'kind' | 'lead' | 'rest'> & {
  promotion?: OpenPromotion;
  canWait?: boolean;
};

/**
 * What the promote button of a door says and why it can or cannot be pressed.
 *
 * @remarks
 * What is under way comes first, then what is already there, then rights, then
 * the Gates: a reader learns most from the first of them that applies.
 */
export function promoteButton(
  service: ServiceDelivery,
  door: Door,
  clock: ViewClock,
): PromoteButtonView {
  const {
    promotion,
    canWait = false,
    ...reason
  } = reasonOf(service, door, clock);
  const label = {
    ready: `Promote to ${door.to}`,
    'in-flight': `Promoting to ${door.to}`,
    'already-there': `Already in ${door.to}`,
    blocked: `Promote to ${door.to}`,
    'not-allowed': `Promote to ${door.to}`,
  }[reason.kind];
  return {
    ...reason,
    from: door.from,
    to: door.to,
    label,
    canWait,
    ...(promotion
      ? { promotion: { id: promotion.id, number: promotion.number } }
      : {}),
  };
}

function reasonOf(
  service: ServiceDelivery,
  door: Door,
  clock: ViewClock,
): Reason {
  const { attention, inFlight, waiting } = promotionsInto(service, door.to);
  if (attention) {
    return {
      kind: 'blocked',
      lead: `Promotion ${attention.number} needs attention.`,
      rest: 'One at a time; no earliest time.',
      promotion: attention,
    };
  }
  if (inFlight) {
    return inFlightReason(inFlight, clock);
  }
  if (door.alreadyThere) {
    const coming = promotionsInto(service, door.from).inFlight;
    return {
      kind: 'already-there',
      rest: coming
        ? `Wait for Release ${coming.releaseNumber} to succeed here.`
        : 'Nothing newer to promote.',
    };
  }
  if (!door.may.allowed) {
    return {
      kind: 'not-allowed',
      lead: `You may not promote to ${door.to}.`,
      rest: whoMay(door.may.who) || door.may.reason,
    };
  }
  if (!door.candidate) {
    return {
      kind: 'blocked',
      lead: `No release is verified in ${door.from} yet.`,
    };
  }
  const pending = waiting.find(
    promotion => promotion.releaseId === door.candidate?.id,
  );
  if (pending) {
    return pendingReason(pending, clock);
  }
  const target = service.environments.find(({ name }) => name === door.to);
  return gatesReason({ door, target, clock });
}

function inFlightReason(promotion: OpenPromotion, clock: ViewClock): Reason {
  if (promotion.kind === 'rollback') {
    return {
      kind: 'blocked',
      lead: `${promotion.environment} goes back to Release ${promotion.releaseNumber}.`,
      rest: `Possible when promotion ${promotion.number} has ended.`,
      promotion,
    };
  }
  const since = formatWhen(promotion.createdAt, clock);
  return {
    kind: 'in-flight',
    rest: promotion.requestedBy
      ? `Started by ${personName(promotion.requestedBy)} ${since}.`
      : `Started by itself ${since}.`,
    promotion,
  };
}

function pendingReason(promotion: OpenPromotion, clock: ViewClock): Reason {
  const asked = promotion.requestedBy
    ? `Asked for by ${personName(promotion.requestedBy)} ${formatWhen(
        promotion.createdAt,
        clock,
      )}.`
    : '';
  if (!promotion.decision) {
    return {
      kind: 'blocked',
      lead: `Promotion ${promotion.number} waits.`,
      rest: asked,
      promotion,
    };
  }
  const { lead, rest } = waitingReason(
    promotion.decision,
    promotion.slots,
    clock,
  );
  return { kind: 'blocked', lead, rest: rest || asked, promotion };
}

function gatesReason(options: {
  door: Door;
  target: EnvironmentDelivery | undefined;
  clock: ViewClock;
}): Reason {
  const { door, target, clock } = options;
  const { decision } = door;
  if (!decision || !door.subject) {
    return {
      kind: 'blocked',
      lead: 'The gates cannot be judged now.',
      rest: decision?.reason,
    };
  }
  if (decision.outcome === 'proceed') {
    return { kind: 'ready', rest: allPass(decision) };
  }
  if (onlyApprovalsMissing(decision)) {
    const missing = Math.max(1, missingApprovals(door.slots));
    return { kind: 'ready', rest: `Needs ${counted(missing, 'approval')}.` };
  }
  const canWait = decision.outcome === 'wait';
  if (target?.observation.state === 'stale') {
    return {
      kind: 'blocked',
      lead: target.observation.observedAt
        ? `${door.to} not seen since ${formatMoment(
            target.observation.observedAt,
            clock,
          )}.`
        : `${door.to} was never seen.`,
      rest: 'Possible again when its cluster answers.',
      canWait,
    };
  }
  if (decision.outcome === 'stop') {
    return stopReason({ door, decision, target, clock });
  }
  return {
    kind: 'blocked',
    ...waitingReason(decision, door.slots, clock),
    canWait,
  };
}

function stopReason(options: {
  door: Door;
  decision: Decision;
  target: EnvironmentDelivery | undefined;
  clock: ViewClock;
}): Reason {
  const { door, decision, target, clock } = options;
  const failure = target?.failure;
  if (failure && failure.releaseNumber === door.candidate?.number) {
    return {
      kind: 'blocked',
      lead: `Release ${failure.releaseNumber} failed there ${formatMoment(
        failure.at,
        clock,
      )}.`,
      rest: 'Promote a newer release.',
    };
  }
  const cause = openVerdicts(decision).find(
    verdict => verdict.status === 'fail',
  );
  return {
    kind: 'blocked',
    lead: cause ? `${cause.title}: ${cause.reason}` : decision.reason,
  };
}

function allPass(decision: Decision): string {
  const counting = decision.verdicts.filter(({ mode }) => mode !== 'audit');
  const gates = counting.length;
  if (counting.some(({ overriddenBy }) => overriddenBy)) {
    return `${passedText(decision)}.`;
  }
  if (gates === 0) {
    return 'No gate is asked.';
  }
  return gates === 1 ? 'The gate passes.' : `All ${gates} gates pass.`;
}
