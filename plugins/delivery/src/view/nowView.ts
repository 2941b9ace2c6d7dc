// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentDelivery,
  OpenPromotion,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { earliestBars, type EarliestBar } from './earliestBars';
import { failedNow } from './failedNow';
import { formatDuration } from './formatDuration';
import { formatMoment } from './formatMoment';
import { formatWhen } from './formatWhen';
import { onlyApprovalsMissing } from './onlyApprovalsMissing';
import { personName } from './personName';
import { promotionsInto } from './promotionsInto';
import { quietNow } from './quietNow';
import { stepBar, type StepView } from './stepBar';
import type { Tone } from './Tone';
import type { ViewClock } from './ViewClock';
import { waitingTitle } from './waitingTitle';

/** What can be done from the Now card. */
export type NowAction =
  | { kind: 'cancel'; promotion: OpenPromotion }
  | {
      kind: 'resolve';
      resolution: 'adopt' | 'none-exists' | 'cancel';
      promotion: OpenPromotion;
    }
  | { kind: 'lift-hold'; environment: string }
  | { kind: 'acknowledge'; environment: string }
  | { kind: 'bring-back'; environment: string; releaseNumber: number }
  | { kind: 'refresh' };

/** The one thing that matters now. */
export type NowView = {
  tone: Tone;
  /** The Environment it is about. */
  environment?: string;
  /** Whether it is to be announced at once. */
  urgent: boolean;
  title: string;
  lead?: { before: string; bold: string; after: string };
  text?: string;
  hint?: { icon: 'info' | 'lock'; text: string };
  steps?: StepView[];
  bars?: EarliestBar[];
  /** A message of another system, unedited, and who said it. */
  message?: { text: string; saidBy: string };
  promotion?: { id: string; number: number };
  execution?: string;
  actions: NowAction[];
};

/**
 * The one thing that matters, in this order: needs attention, failed, in
 * flight, blocked, drift, unreachable, nothing in flight.
 */
export function nowView(service: ServiceDelivery, clock: ViewClock): NowView {
  const environments = [...service.environments].reverse();
  const lanes = environments.map(environment => ({
    environment,
    ...promotionsInto(service, environment.name),
  }));
  const attention = lanes.find(lane => lane.attention)?.attention;
  if (attention) {
    return attentionNow(attention, clock);
  }
  const failed = lanes.find(
    lane =>
      lane.environment.failure &&
      (!lane.inFlight || lane.inFlight.kind === 'rollback'),
  );
  if (failed?.environment.failure) {
    return failedNow(failed.environment, failed.inFlight, clock);
  }
  const inFlight = lanes.find(lane => lane.inFlight)?.inFlight;
  if (inFlight) {
    return inFlightNow(inFlight, clock);
  }
  const waiting = lanes.find(lane => lane.waiting.length > 0)?.waiting[0];
  if (waiting) {
    return waitingNow(waiting, clock);
  }
  const changed = environments.find(each => each.changedOutside || each.drift);
  if (changed) {
    return driftNow(changed, clock);
  }
  const unseen = environments.find(
    each => each.observation.state === 'stale' && each.observation.observedAt,
  );
  return unseen ? unreachableNow(unseen, clock) : quietNow(service, clock);
}

function linksOf(promotion: OpenPromotion) {
  return {
    environment: promotion.environment,
    promotion: { id: promotion.id, number: promotion.number },
    execution: promotion.execution?.url,
  };
}

function attentionNow(promotion: OpenPromotion, clock: ViewClock): NowView {
  return {
    tone: 'warn',
    urgent: true,
    title: `Release ${promotion.releaseNumber} to ${promotion.environment}: needs attention`,
    steps: stepBar(promotion, clock),
    text: `${
      promotion.phaseReason ??
      `The outcome of promotion ${promotion.number} is not known.`
    } Nothing else goes to ${promotion.environment} until someone decides.`,
    ...linksOf(promotion),
    actions: [
      { kind: 'resolve', resolution: 'adopt', promotion },
      { kind: 'resolve', resolution: 'none-exists', promotion },
      { kind: 'resolve', resolution: 'cancel', promotion },
    ],
  };
}

function inFlightNow(promotion: OpenPromotion, clock: ViewClock): NowView {
  const soFar = formatDuration(clock.now - Date.parse(promotion.createdAt));
  const act =
    promotion.kind === 'rollback'
      ? `Roll back of ${promotion.environment} to Release ${promotion.releaseNumber}`
      : `Release ${promotion.releaseNumber} to ${promotion.environment}`;
  return {
    tone: 'run',
    urgent: false,
    title: `${act}: ${
      promotion.cancelRequested ? 'stopping' : promotion.phase
    }`,
    steps: stepBar(promotion, clock),
    text: promotion.cancelRequested
      ? 'A cancellation is asked for. The promotion ends when Spinnaker says that its execution has stopped.'
      : `${soFar} so far. You may leave this page, the promotion goes on.`,
    ...linksOf(promotion),
    actions: promotion.cancelRequested ? [] : [{ kind: 'cancel', promotion }],
  };
}

function waitingNow(promotion: OpenPromotion, clock: ViewClock): NowView {
  const { decision, slots } = promotion;
  const asked = promotion.requestedBy
    ? `, asked for by ${personName(promotion.requestedBy)} ${formatWhen(
        promotion.createdAt,
        clock,
      )}`
    : ` since ${formatMoment(promotion.createdAt, clock)}`;
  const { title, then } = waitingTitle(promotion, clock);
  return {
    tone: 'warn',
    urgent: false,
    title,
    text: `Release ${promotion.releaseNumber} to ${promotion.environment} waits${asked}. ${then}`,
    bars:
      decision && !onlyApprovalsMissing(decision)
        ? earliestBars(decision, slots, clock)
        : undefined,
    ...linksOf(promotion),
    actions: [{ kind: 'cancel', promotion }],
  };
}

function driftNow(environment: EnvironmentDelivery, clock: ViewClock): NowView {
  const { changedOutside, drift, deployment, name } = environment;
  const promoted =
    deployment &&
    `Release ${deployment.releaseNumber} was promoted ${formatMoment(
      deployment.at,
      clock,
    )}. `;
  const seen = drift
    ? `Since ${formatMoment(drift.since, clock)} the cluster runs ${
        drift.field
      } ${drift.observed} where ${drift.expected} was promoted. `
    : '';
  const back = environment.rollback.targets.find(
    target => target.number === deployment?.releaseNumber,
  );
  return {
    tone: 'warn',
    environment: name,
    urgent: true,
    title: changedOutside
      ? `${name}: changed outside`
      : `${name}: what runs is not what was promoted`,
    text: `${promoted ?? ''}${seen}${changedOutside?.reason ?? ''}`.trim(),
    actions: [
      ...(back
        ? [
            {
              kind: 'bring-back' as const,
              environment: name,
              releaseNumber: back.number,
            },
          ]
        : []),
      ...(changedOutside
        ? [{ kind: 'acknowledge' as const, environment: name }]
        : []),
    ],
  };
}

function unreachableNow(
  { name, observation, cluster }: EnvironmentDelivery,
  clock: ViewClock,
): NowView {
  const seen = observation.observedAt
    ? formatMoment(observation.observedAt, clock)
    : 'never';
  return {
    tone: 'unknown',
    environment: name,
    urgent: true,
    title: `${name}: cluster unreachable, last seen ${seen}`,
    text: `What you see of ${name} is what was true at ${seen}. It is asked again all the time.`,
    message: observation.reason
      ? { text: observation.reason, saidBy: `Kubernetes ${cluster}` }
      : undefined,
    actions: [{ kind: 'refresh' }],
  };
}
