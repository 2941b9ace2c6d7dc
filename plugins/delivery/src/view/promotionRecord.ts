// SPDX-License-Identifier: Apache-2.0
import type { PromotionEvent } from 'backstage-plugin-delivery-common';
import { formatStep } from './formatStep';
import type { IconName } from './IconName';
import { personName } from './personName';
import { PHASES } from './PHASES';
import type { Tone } from './Tone';
import type { ViewClock } from './ViewClock';

/** One line of a Promotion's record. */
export type RecordRow = {
  key: string;
  when: string;
  at: string;
  icon: IconName;
  tone: Tone;
  person?: string;
  text: string;
  /** "record 4 · 5e90d7b8" */
  mark: string;
};

/** The record of a Promotion, in the order it was written. */
export function promotionRecord(
  events: readonly PromotionEvent[],
  clock: ViewClock,
): RecordRow[] {
  return [...events]
    .sort((a, b) => a.sequence - b.sequence)
    .map(event => ({
      key: `${event.sequence}`,
      when: formatStep(event.at, clock),
      at: event.at,
      ...looksOf(event),
      ...(event.by ? { person: personName(event.by) } : {}),
      text: event.summary,
      mark: `record ${event.sequence} · ${event.hash
        .replace(/^sha256:/, '')
        .slice(0, 8)}`,
    }));
}

function looksOf({ type, phase }: PromotionEvent): {
  icon: IconName;
  tone: Tone;
} {
  if (/approv/.test(type)) {
    return { icon: 'person', tone: 'ok' };
  }
  if (/reject/.test(type)) {
    return { icon: 'cancel', tone: 'bad' };
  }
  if (/request|ask/.test(type)) {
    return { icon: 'play', tone: 'run' };
  }
  return { icon: PHASES[phase].icon, tone: PHASES[phase].tone };
}
