// SPDX-License-Identifier: Apache-2.0
import type { Decision, SlotState } from 'backstage-plugin-delivery-common';
import { formatMoment } from './formatMoment';
import { latestEarliest } from './latestEarliest';
import { missingApprovals } from './missingApprovals';
import { openVerdicts } from './openVerdicts';
import type { ViewClock } from './ViewClock';

/** One bar of what makes up the earliest time. */
export type EarliestBar = {
  gate: string;
  title: string;
  /** How far along the whole wait it reaches, 0 to 1; absent without a time. */
  share?: number;
  /** "Mon 09:00", or "1 of 2" for people. */
  value: string;
  /** Whether it is the last one, which decides; nothing does while a Gate cannot tell. */
  decides: boolean;
};

const LONGEST = 0.955;

/**
 * What makes up the earliest time: one bar for each Gate that waits, the
 * deciding one marked; Gates without a time of their own come last.
 */
export function earliestBars(
  decision: Decision,
  slots: readonly SlotState[],
  clock: ViewClock,
): EarliestBar[] {
  const open = openVerdicts(decision);
  const timed = open
    .flatMap(verdict =>
      verdict.earliest ? [{ verdict, at: Date.parse(verdict.earliest) }] : [],
    )
    .sort((a, b) => a.at - b.at);
  const latest = latestEarliest(decision, open);
  const last = latest ? Date.parse(latest) : clock.now;
  const certain = open.every(
    ({ earliest, type }) => earliest !== undefined || type === 'approvals',
  );
  const span = Math.max(1, last - clock.now);
  const bar = (gate: string, title: string, at: number) => ({
    gate,
    title,
    share: Math.min(1, Math.max(0.02, (at - clock.now) / span)) * LONGEST,
    value: formatMoment(new Date(at).toISOString(), clock),
    decides: certain && at === last,
  });
  const together = timed.length > 0 && timed.every(({ at }) => at < last);
  return [
    ...timed.map(({ verdict, at }) => bar(verdict.gate, verdict.title, at)),
    ...(together ? [bar('all gates', 'All at the same time', last)] : []),
    ...open
      .filter(verdict => !verdict.earliest)
      .map(verdict => ({
        gate: verdict.gate,
        title: verdict.title,
        value:
          verdict.type === 'approvals'
            ? `${slots.length - missingApprovals(slots)} of ${slots.length}`
            : verdict.status,
        decides: false,
      })),
  ];
}
