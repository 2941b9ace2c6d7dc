// SPDX-License-Identifier: Apache-2.0
import type { Phase, PromotionDetail } from 'backstage-plugin-delivery-common';

/** When a Promotion entered each phase, read from its record. */
export function phasesOf(
  promotion: PromotionDetail,
): { phase: Phase; at: string }[] {
  if (promotion.phases) {
    return promotion.phases;
  }
  const first = new Map<Phase, string>();
  for (const event of [...promotion.events].sort(
    (a, b) => a.sequence - b.sequence,
  )) {
    if (!first.has(event.phase)) {
      first.set(event.phase, event.at);
    }
  }
  return [...first].map(([phase, at]) => ({ phase, at }));
}
