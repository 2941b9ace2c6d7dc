// SPDX-License-Identifier: Apache-2.0
import type { Hold } from 'backstage-plugin-delivery-common';
import { formatMoment } from './formatMoment';
import { personName } from './personName';
import type { ViewClock } from './ViewClock';

/** What is on hold, since when, by whom and why. */
export function holdText(hold: Hold, clock: ViewClock): string {
  const what =
    hold.scope === 'all'
      ? 'Every promotion but a roll back'
      : 'Automatic promotion';
  const by = hold.by ? ` by ${personName(hold.by)}` : '';
  return `${what} is on hold since ${formatMoment(hold.since, clock)}${by}: ${
    hold.reason
  }`;
}
