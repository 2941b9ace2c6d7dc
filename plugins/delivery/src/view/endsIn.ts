// SPDX-License-Identifier: Apache-2.0
import { formatDuration } from './formatDuration';
import { formatEarliest } from './formatEarliest';
import type { ViewClock } from './ViewClock';

/** When a request for approval ends: "Ends in 2 d 23 h, Monday 10:12". */
export function endsIn(expiresAt: string, clock: ViewClock): string {
  const left = Date.parse(expiresAt) - clock.now;
  return left <= 0
    ? 'Has ended'
    : `Ends in ${formatDuration(left)}, ${formatEarliest(expiresAt, clock)}`;
}
