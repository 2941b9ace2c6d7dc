// SPDX-License-Identifier: Apache-2.0
import type { Decision, GateVerdict } from 'backstage-plugin-delivery-common';
import { formatEarliest } from './formatEarliest';
import type { IconName } from './IconName';
import { listNames } from './listNames';
import type { Tone } from './Tone';
import { VERDICTS } from './VERDICTS';
import type { ViewClock } from './ViewClock';

/** One Gate of a list. */
export type GateRow = {
  gate: string;
  label: string;
  tone: Tone;
  icon: IconName;
  title: string;
  reason: string;
  /** From when, and who can act. */
  more?: string;
  fix?: { title: string; url: string };
};

/** All Gates on a door, those that do not pass first. */
export type GateListView = { summary: string; tone: Tone; rows: GateRow[] };

const ORDER: Record<GateVerdict['status'], number> = {
  fail: 0,
  unknown: 1,
  wait: 2,
  pass: 3,
};

/** The Gates of a Decision as a list, those that do not pass first. */
export function gateList(decision: Decision, clock: ViewClock): GateListView {
  const { verdicts } = decision;
  const passing = verdicts.filter(verdict => verdict.status === 'pass').length;
  const worst = [...verdicts].sort(
    (a, b) => ORDER[a.status] - ORDER[b.status],
  )[0];
  return {
    summary: `${passing} of ${verdicts.length} pass`,
    tone: worst ? VERDICTS[worst.status].tone : 'ok',
    rows: [...verdicts]
      .sort((a, b) => ORDER[a.status] - ORDER[b.status])
      .map(verdict => rowOf(verdict, clock)),
  };
}

function rowOf(verdict: GateVerdict, clock: ViewClock): GateRow {
  return {
    gate: verdict.gate,
    ...VERDICTS[verdict.status],
    title: verdict.title,
    reason: verdict.reason,
    ...(verdict.status === 'pass' ? {} : { more: moreOf(verdict, clock) }),
    ...(verdict.fix ? { fix: verdict.fix } : {}),
  };
}

function moreOf(verdict: GateVerdict, clock: ViewClock): string | undefined {
  const parts: string[] = [];
  if (verdict.earliest) {
    parts.push(`Earliest ${formatEarliest(verdict.earliest, clock)}.`);
  }
  if (verdict.canAct && verdict.canAct.length > 0) {
    parts.push(`${listNames(verdict.canAct, 'or')} can act.`);
  } else if (verdict.earliest) {
    parts.push('Nobody needs to act.');
  }
  return parts.length > 0 ? parts.join(' ') : undefined;
}
