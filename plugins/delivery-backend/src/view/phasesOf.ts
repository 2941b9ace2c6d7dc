// SPDX-License-Identifier: Apache-2.0
import type {
  OpenPromotion,
  PromotionEvent,
} from 'backstage-plugin-delivery-common';

const MOST = 20;

/** When a Promotion entered each phase so far, from its record, oldest first. */
export function phasesOf(
  events: readonly PromotionEvent[],
): NonNullable<OpenPromotion['phases']> {
  return events
    .filter(({ phase }, index) => phase !== events[index - 1]?.phase)
    .map(({ at, phase }) => ({ phase, at }))
    .slice(-MOST);
}
