// SPDX-License-Identifier: Apache-2.0
import type { Decision, SlotState } from 'backstage-plugin-delivery-common';
import { formatEarliest } from './formatEarliest';
import { latestEarliest } from './latestEarliest';
import { missingApprovals } from './missingApprovals';
import { openVerdicts } from './openVerdicts';
import type { ViewClock } from './ViewClock';

/** A reason longer than this does not fit under a button; characters. */
const LONG = 110;

/**
 * Why a Decision says "not yet": the earliest time or the cause first, then at
 * most one short sentence.
 *
 * @remarks
 * The latest of the Gates' own times is named even when people are needed too,
 * because approving does not make it come sooner.
 */
export function waitingReason(
  decision: Decision,
  slots: readonly SlotState[],
  clock: ViewClock,
): { lead: string; rest: string } {
  const open = openVerdicts(decision);
  const gates = open.filter(verdict => verdict.type !== 'approvals');
  const people = open.length > gates.length ? missingApprovals(slots) : 0;
  const times = gates.map(verdict => verdict.earliest);
  const approvals =
    people > 0 ? `${people} more approval${people === 1 ? '' : 's'}` : '';
  if (gates.length > 0 && times.every(time => time !== undefined)) {
    const last = latestEarliest(decision, gates) ?? decision.decidedAt;
    const names = sentence(gates.map(verdict => verdict.title));
    return {
      lead: `Earliest ${formatEarliest(last, clock)}.`,
      rest: approvals ? `${names}; ${approvals}.` : `${names}.`,
    };
  }
  const cause = gates.find(verdict => verdict.earliest === undefined);
  if (cause) {
    return {
      lead: `${cause.title}: ${
        cause.reason.length > LONG
          ? 'cannot be judged now; the gates say why.'
          : ended(cause.reason)
      }`,
      rest: approvals ? `${approvals} too.` : '',
    };
  }
  return approvals
    ? { lead: `Needs ${approvals}.`, rest: '' }
    : { lead: ended(decision.reason), rest: '' };
}

function sentence(titles: string[]): string {
  const [first, ...others] = titles;
  return [first, ...others.map(title => lowerFirst(title))].join(', ');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase('en') + text.slice(1);
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
