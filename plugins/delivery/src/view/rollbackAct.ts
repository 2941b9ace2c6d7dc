// SPDX-License-Identifier: Apache-2.0
import type { PromotionPreview } from 'backstage-plugin-delivery-common';
import { openVerdicts } from './openVerdicts';
import type { PromoteAct } from './promoteAct';

/** What the button of a roll back says, and why it cannot be pressed yet. */
export function rollbackAct(review: {
  environment: string;
  release: number | undefined;
  preview: PromotionPreview | undefined;
  reasonGiven: boolean;
}): PromoteAct {
  const { environment, release, preview } = review;
  if (release === undefined) {
    return {
      label: `Roll back ${environment}`,
      blocked: true,
      lead: `No other release was ever verified in ${environment}.`,
    };
  }
  const label = `Roll back ${environment} to release ${release}`;
  if (!preview) {
    return { label, blocked: true, lead: 'The gates are being asked.' };
  }
  const { decision } = preview;
  if (decision.outcome === 'stop') {
    const cause = openVerdicts(decision).find(
      ({ status }) => status === 'fail',
    );
    return {
      label,
      blocked: true,
      lead: cause ? `${cause.title}: ${cause.reason}` : decision.reason,
    };
  }
  const rest =
    decision.outcome === 'proceed'
      ? 'The roll back starts at once.'
      : 'It waits and starts by itself once every gate passes.';
  return review.reasonGiven
    ? { label, blocked: false, rest }
    : { label, blocked: true, lead: 'Write a reason to go on.', rest };
}
