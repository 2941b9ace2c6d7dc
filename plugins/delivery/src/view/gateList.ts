// SPDX-License-Identifier: Apache-2.0
import type {
  Decision,
  GateVerdict,
  Override,
} from 'backstage-plugin-delivery-common';
import { formatEarliest } from './formatEarliest';
import type { IconName } from './IconName';
import { listNames } from './listNames';
import type { Looks } from './Looks';
import { openVerdicts } from './openVerdicts';
import { overrideText } from './overrideText';
import { passedText } from './passedText';
import { personName } from './personName';
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
  /** From when, and who can act; or who let it pass and why. */
  more?: string;
  fix?: { title: string; url: string };
  /** The label is long and stands above the text. */
  wide?: boolean;
};

/** All Gates on a door, those that do not pass first. */
export type GateListView = { summary: string; tone: Tone; rows: GateRow[] };

const ORDER: Record<GateVerdict['status'], number> = {
  fail: 0,
  unknown: 1,
  wait: 2,
  pass: 4,
};
const OVERRIDDEN = 3;
const AUDIT = 5;

/**
 * The Gates of a Decision as a list, those that do not pass first, then those
 * that somebody let pass, those that pass, and those that are only watched.
 */
export function gateList(
  decision: Decision,
  clock: ViewClock,
  overrides: readonly Override[] = [],
): GateListView {
  const verdicts = [...decision.verdicts].sort((a, b) => rank(a) - rank(b));
  const worst = openVerdicts(decision).sort((a, b) => rank(a) - rank(b))[0];
  const overridden = verdicts.some(verdict => verdict.overriddenBy);
  const calm = overridden ? 'override' : 'ok';
  return {
    summary: passedText(decision),
    tone: worst ? VERDICTS[worst.status].tone : calm,
    rows: verdicts.map(verdict => rowOf(verdict, clock, overrides)),
  };
}

function rank({ mode, overriddenBy, status }: GateVerdict): number {
  if (mode === 'audit') {
    return AUDIT;
  }
  return overriddenBy ? OVERRIDDEN : ORDER[status];
}

function rowOf(
  verdict: GateVerdict,
  clock: ViewClock,
  overrides: readonly Override[],
): GateRow {
  const { gate, title, reason, fix } = verdict;
  const shared = { gate, title, reason };
  if (verdict.mode === 'audit') {
    return {
      ...shared,
      label: 'Audit only',
      tone: 'unknown',
      icon: 'eye',
      more: `Would say ${VERDICTS[verdict.status].label.toLocaleLowerCase(
        'en',
      )}; it is watched and does not count.`,
    };
  }
  if (verdict.overriddenBy) {
    const override = overrides.find(
      each => each.by === verdict.overriddenBy && each.gates.includes(gate),
    );
    return {
      ...shared,
      ...overriddenLooks(verdict.overriddenBy),
      wide: true,
      ...(override ? { more: overrideText(override, clock) } : {}),
    };
  }
  return {
    ...shared,
    ...VERDICTS[verdict.status],
    ...(verdict.status === 'pass' ? {} : { more: moreOf(verdict, clock) }),
    ...(fix ? { fix } : {}),
  };
}

function overriddenLooks(by: string): Looks {
  return {
    label: `Overridden by ${personName(by)}`,
    tone: 'override',
    icon: 'lock-open',
  };
}

function moreOf(verdict: GateVerdict, clock: ViewClock): string | undefined {
  const parts: string[] = [];
  if (verdict.earliest) {
    parts.push(`Earliest ${formatEarliest(verdict.earliest, clock)}.`);
  }
  const said = /\bcan act\b/.test(verdict.reason);
  if (said) {
    return parts[0];
  }
  if (verdict.canAct && verdict.canAct.length > 0) {
    parts.push(`${listNames(verdict.canAct, 'or')} can act.`);
  } else if (verdict.earliest) {
    parts.push('Nobody needs to act.');
  }
  return parts.length > 0 ? parts.join(' ') : undefined;
}
