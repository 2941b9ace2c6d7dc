// SPDX-License-Identifier: Apache-2.0
import type { PromotionDetail } from 'backstage-plugin-delivery-common';
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
  const ended = entered.get(promotion.phase);
  const until =
    promotion.phase === 'waiting' || started === undefined
      ? undefined
      : promotion.deployment?.endedAt
      ? Date.parse(promotion.deployment.endedAt)
      : ended;
  if (started === undefined) {
    const end = promotion.phase === 'waiting' ? clock.now : ended ?? clock.now;
    const verb = promotion.phase === 'waiting' ? 'Waits' : 'Waited';
    return `${verb} ${formatDuration(end - asked)}`;
  }
  return `Waited ${formatDuration(started - asked)}, ran ${formatDuration(
    (until ?? clock.now) - started,
  )}`;
}
