// SPDX-License-Identifier: Apache-2.0
import type { Override } from 'backstage-plugin-delivery-common';
import { formatEarliest } from './formatEarliest';
import { formatMoment } from './formatMoment';
import { personName } from './personName';
import type { ViewClock } from './ViewClock';

/** Why Gates were let pass, when, and what became of the review. */
export function overrideText(override: Override, clock: ViewClock): string {
  const { review, ticket } = override;
  const said = `“${override.reason}” ${
    ticket ? `${ticket}, ` : ''
  }${formatMoment(override.at, clock)}.`;
  if (review) {
    return `${said} Reviewed by ${personName(review.by)}: “${review.note}”`;
  }
  return Date.parse(override.reviewDue) < clock.now
    ? `${said} The review is overdue since ${formatMoment(
        override.reviewDue,
        clock,
      )}.`
    : `${said} Review due ${formatEarliest(override.reviewDue, clock)}.`;
}
