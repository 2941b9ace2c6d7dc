// SPDX-License-Identifier: Apache-2.0
import {
  isFinal,
  type PromotionDetail,
} from 'backstage-plugin-delivery-common';
import { formatDuration } from './formatDuration';
import { phasesOf } from './phasesOf';
import type { ViewClock } from './ViewClock';

/** How long a Promotion waited and ran: "Waited 17 h 42 min, ran 19 min". */
export function promotionHeadline(
  promotion: PromotionDetail,
  clock: ViewClock,
): string {
  const entered = new Map(
    phasesOf(promotion).map(({ phase, at }) => [phase, Date.parse(at)]),
  );
  const asked = Date.parse(promotion.createdAt);
  const started = entered.get('starting');
  const end = isFinal(promotion.phase)
    ? entered.get(promotion.phase) ?? clock.now
    : clock.now;
  if (started === undefined) {
    const verb = promotion.phase === 'waiting' ? 'Waits' : 'Waited';
    return `${verb} ${formatDuration(end - asked)}`;
  }
  const verb = isFinal(promotion.phase) ? 'ran' : 'runs';
  return `Waited ${formatDuration(started - asked)}, ${verb} ${formatDuration(
    end - started,
  )}`;
}
