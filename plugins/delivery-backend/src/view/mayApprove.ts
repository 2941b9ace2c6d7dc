// SPDX-License-Identifier: Apache-2.0
import type {
  Approval,
  EntityRef,
  MayState,
  NotCounted,
  Phase,
  SlotState,
} from 'backstage-plugin-delivery-common';

/** Whether a person's approval would count for a Promotion now, and if not why. */
export function mayApprove(options: {
  person: EntityRef | undefined;
  phase: Phase;
  permitted: MayState;
  slots: readonly SlotState[];
  notCounted: readonly NotCounted[];
  approvals: readonly Approval[];
}): MayState {
  const { approvals, notCounted, permitted, person, phase, slots } = options;
  const open = slots.filter(slot => slot.filledBy === undefined);
  const others = [...new Set(open.flatMap(({ eligible }) => eligible))]
    .filter(one => one !== person)
    .slice(0, 20);
  const no = (reason: string): MayState => ({
    allowed: false,
    reason,
    ...(others.length > 0 ? { who: others } : {}),
  });
  if (phase !== 'waiting') {
    return no('It does not wait for approvals.');
  }
  if (!permitted.allowed) {
    return permitted;
  }
  if (slots.length === 0) {
    return no('No approval is asked for.');
  }
  if (
    approvals.some(one => one.by === person && !one.void) ||
    slots.some(slot => slot.filledBy === person)
  ) {
    return no('You approved it already.');
  }
  const excluded = notCounted.find(one => one.person === person);
  if (excluded) {
    return no(`Your approval does not count: you ${excluded.reason}.`);
  }
  if (open.length === 0) {
    return no('All approvals are given.');
  }
  return open.some(({ eligible }) => person && eligible.includes(person))
    ? { allowed: true }
    : no('You are none of those who can approve it.');
}
