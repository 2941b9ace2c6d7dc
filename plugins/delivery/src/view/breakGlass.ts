// SPDX-License-Identifier: Apache-2.0
import type { OpenPromotion } from 'backstage-plugin-delivery-common';
import { listNames } from './listNames';
import { overridableGates } from './overridableGates';

/** Whether Gates into an Environment can be overridden now, and if not why. */
export type BreakGlass = {
  /** What it means, and which Gates never let pass. */
  text: string;
  reason?: string;
  /** The Promotion in whose way the Gates stand; absent when none can be overridden. */
  promotion?: OpenPromotion;
};

/** The part *Override a gate (break glass)* of the panel of an Environment. */
export function breakGlass(
  environment: string,
  waiting: OpenPromotion | undefined,
): BreakGlass {
  const text =
    'You let named gates pass, with your name. It is shown for ever, and somebody else must review it.';
  if (!waiting) {
    return {
      text,
      reason: `No promotion waits for ${environment}. Ask for one first; then the gates in its way can be overridden.`,
    };
  }
  const { may, never } = overridableGates(waiting);
  const said =
    never.length > 0
      ? `${text} ${listNames(
          never.map(({ title }) => `“${title}”`),
        )} can never be overridden.`
      : text;
  if (may.length === 0) {
    return {
      text: said,
      reason: `No gate that stands in the way of promotion ${waiting.number} can be overridden.`,
    };
  }
  if (waiting.mayOverride?.allowed !== true) {
    return {
      text: said,
      reason: waiting.mayOverride?.reason ?? 'You may not override gates here.',
    };
  }
  return { text: said, promotion: waiting };
}
