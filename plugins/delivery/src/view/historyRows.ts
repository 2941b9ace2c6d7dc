// SPDX-License-Identifier: Apache-2.0
import type { HistoryEntry } from 'backstage-plugin-delivery-common';
import { formatWhen } from './formatWhen';
import type { IconName } from './IconName';
import { personName } from './personName';
import type { Tone } from './Tone';
import type { ViewClock } from './ViewClock';

/** One line of the history. */
export type HistoryRow = {
  id: string;
  when: string;
  at: string;
  icon: IconName;
  tone: Tone;
  /** Who did it; drawn bold. */
  person?: string;
  text: string;
  /** What the person wrote. */
  quote?: string;
  promotion?: { id: string; number: number };
};

const KINDS: Record<string, { icon: IconName; tone: Tone }> = {
  release: { icon: 'code', tone: 'unknown' },
  requested: { icon: 'clock', tone: 'warn' },
  approved: { icon: 'person', tone: 'ok' },
  rejected: { icon: 'cancel', tone: 'bad' },
  started: { icon: 'play', tone: 'run' },
  verified: { icon: 'check', tone: 'ok' },
  failed: { icon: 'cancel', tone: 'bad' },
  'rolled-back': { icon: 'history', tone: 'unknown' },
  cancelled: { icon: 'dash', tone: 'unknown' },
  superseded: { icon: 'dash', tone: 'unknown' },
  expired: { icon: 'dash', tone: 'unknown' },
  'changed-outside': { icon: 'compare', tone: 'warn' },
  acknowledged: { icon: 'person', tone: 'ok' },
  'needs-attention': { icon: 'warning', tone: 'warn' },
  hold: { icon: 'lock', tone: 'unknown' },
  'hold-lifted': { icon: 'lock-open', tone: 'unknown' },
  overridden: { icon: 'lock-open', tone: 'override' },
  reviewed: { icon: 'person', tone: 'override' },
  withdrawn: { icon: 'dash', tone: 'unknown' },
  marked: { icon: 'cancel', tone: 'bad' },
};

const OTHER = { icon: 'info', tone: 'unknown' } as const;

/** The history as lines, newest first as it came. */
export function historyRows(
  entries: readonly HistoryEntry[],
  clock: ViewClock,
): HistoryRow[] {
  return entries.map(entry => ({
    id: entry.id,
    when: formatWhen(entry.at, clock),
    at: entry.at,
    ...(KINDS[entry.kind] ?? OTHER),
    ...(entry.by ? { person: personName(entry.by) } : {}),
    text: entry.by ? entry.summary : upperFirst(entry.summary),
    quote: entry.reason,
    ...(entry.promotionId && entry.promotionNumber
      ? { promotion: { id: entry.promotionId, number: entry.promotionNumber } }
      : {}),
  }));
}

function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}
