// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentDelivery,
  OpenPromotion,
} from 'backstage-plugin-delivery-common';
import { formatMoment } from './formatMoment';
import type { NowView } from './nowView';
import type { StepView } from './stepBar';
import type { ViewClock } from './ViewClock';

/**
 * The Now card after a failed Promotion: what failed, what the controller said,
 * and what runs instead.
 *
 * @param rollback - the roll back that is under way, if one is
 */
export function failedNow(
  environment: EnvironmentDelivery,
  rollback: OpenPromotion | undefined,
  clock: ViewClock,
): NowView {
  const { failure, deployment, name, hold } = environment;
  if (!failure) {
    throw new TypeError(`Nothing failed in ${name}`);
  }
  const back = failure.rolledBackTo ?? rollback?.releaseNumber;
  const rolledBack = deployment?.kind === 'rollback' ? deployment : undefined;
  const ending = rollback
    ? `failed, rolling back to Release ${rollback.releaseNumber}`
    : back && `failed, rolled back to Release ${back}`;
  return {
    tone: 'bad',
    environment: name,
    urgent: true,
    title: `Release ${failure.releaseNumber} to ${name}: ${ending ?? 'failed'}`,
    steps: [
      { label: 'waiting', state: 'done', icon: 'check', tone: 'ok' },
      { label: 'starting', state: 'done', icon: 'check', tone: 'ok' },
      {
        label: 'failed',
        state: 'failed',
        icon: 'cancel',
        tone: 'bad',
        note: formatMoment(failure.at, clock),
      },
      ...rollbackSteps({ back, rollback, rolledBack, clock }),
    ],
    message: { text: failure.message, saidBy: failure.saidBy },
    text: back
      ? undefined
      : `Nothing was rolled back; ${name} keeps what runs there now.`,
    promotion: { id: failure.promotionId, number: failure.promotionNumber },
    actions: [
      ...(rollback && !rollback.cancelRequested
        ? [{ kind: 'cancel' as const, promotion: rollback }]
        : []),
      ...(hold ? [{ kind: 'lift-hold' as const, environment: name }] : []),
    ],
  };
}

function rollbackSteps(options: {
  back: number | undefined;
  rollback: OpenPromotion | undefined;
  rolledBack: EnvironmentDelivery['deployment'];
  clock: ViewClock;
}): StepView[] {
  const { back, rollback, rolledBack, clock } = options;
  if (back === undefined) {
    return [];
  }
  if (rollback) {
    return [
      {
        label: 'rolling back',
        state: 'current',
        icon: 'sync',
        tone: 'run',
        note: rollback.phase,
      },
      { label: 'verified', state: 'ahead', icon: 'empty', tone: 'unknown' },
    ];
  }
  return [
    {
      label: 'rolled back',
      state: 'done',
      icon: 'check',
      tone: 'ok',
      note: rolledBack && formatMoment(rolledBack.at, clock),
    },
    rolledBack?.verifiedAt
      ? {
          label: 'verified',
          state: 'done',
          icon: 'check',
          tone: 'ok',
          note: formatMoment(rolledBack.verifiedAt, clock),
        }
      : { label: 'verified', state: 'ahead', icon: 'empty', tone: 'unknown' },
  ];
}
