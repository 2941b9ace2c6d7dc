// SPDX-License-Identifier: Apache-2.0
import { formatMoment } from './formatMoment';
import type { ViewClock } from './ViewClock';

/** When something was, in one word where it can be: "08:10", "Tue", "13 Nov". */
export function formatDay(instant: string, clock: ViewClock): string {
  return formatMoment(instant, clock).replace(
    /^([A-Z][a-z]{2}) \d\d:\d\d$/,
    '$1',
  );
}
