// SPDX-License-Identifier: Apache-2.0
import type { OpenPromotion } from 'backstage-plugin-delivery-common';
import { counted } from './counted';
import { formatEarliest } from './formatEarliest';
import { latestEarliest } from './latestEarliest';
import { missingApprovals } from './missingApprovals';
import { openVerdicts } from './openVerdicts';
import type { ViewClock } from './ViewClock';

/**
 * The headline of a Promotion that waits and what happens when the waiting is
 * over.
 */
export function waitingTitle(
  { decision, slots, releaseNumber, environment, number }: OpenPromotion,
  clock: ViewClock,
): { title: string; then: string } {
  const open = decision ? openVerdicts(decision) : [];
  const gates = open.filter(verdict => verdict.type !== 'approvals');
  const people = open.length > gates.length ? missingApprovals(slots) : 0;
  const times = gates.flatMap(verdict => verdict.earliest ?? []);
  const subject = `Release ${releaseNumber} to ${environment}`;
  if (gates.length > times.length) {
    return {
      title: `${subject}: blocked, no earliest time`,
      then: 'It starts by itself once every gate passes.',
    };
  }
  const last = decision && latestEarliest(decision, gates);
  if (last) {
    return {
      title: `Earliest ${formatEarliest(last, clock)} ${clock.zone}`,
      then:
        people > 0
          ? `If ${people} more ${
              people === 1 ? 'person approves' : 'people approve'
            } by then, it starts by itself.`
          : 'It starts by itself then; nobody needs to act.',
    };
  }
  return people > 0
    ? {
        title: `${subject}: waits for ${counted(people, 'approval')}`,
        then: 'It starts by itself as soon as the last approval is given and all gates still pass.',
      }
    : {
        title: `${subject}: waiting`,
        then: `Promotion ${number} starts as soon as nothing else is under way there.`,
      };
}
