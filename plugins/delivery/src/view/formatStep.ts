// SPDX-License-Identifier: Apache-2.0
import type { ViewClock } from './ViewClock';
import { formatMoment } from './formatMoment';
import { zonedParts } from './zonedParts';

/** When a phase began: with seconds on the same day, "10:48:02", else "Thu 16:20". */
export function formatStep(instant: string, clock: ViewClock): string {
  const moment = formatMoment(instant, clock);
  return /^\d\d:\d\d$/.test(moment)
    ? `${moment}:${zonedParts(Date.parse(instant), clock.zone).second}`
    : moment;
}
