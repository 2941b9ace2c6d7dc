// SPDX-License-Identifier: Apache-2.0
import type { Approval, SlotState } from 'backstage-plugin-delivery-common';
import { formatMoment } from './formatMoment';
import { personName } from './personName';
import type { ViewClock } from './ViewClock';

/** One place that a person fills, or has filled. */
export type SlotRow = {
  key: string;
  /** The first letter of who filled it; absent while it is open. */
  initial?: string;
  bold: string;
  text: string;
  more?: string;
};

/** The places of the approvals Gate: who filled them, who could. */
export function slotRows(
  slots: readonly SlotState[],
  approvals: readonly Approval[],
  clock: ViewClock,
): SlotRow[] {
  return slots.map((slot, index) => {
    const name = slotName(slot);
    const key = `${index}/${slot.name}`;
    if (!slot.filledBy) {
      const eligible = slot.eligible.map(personName);
      return {
        key,
        bold: 'Open',
        text: `: ${name}`,
        more:
          eligible.length > 0
            ? eligible.join(', ')
            : 'nobody who may is left; ask for a member to be added',
      };
    }
    const person = personName(slot.filledBy);
    const approval = approvals.find(
      each => each.by === slot.filledBy && each.verdict === 'approve',
    );
    return {
      key,
      initial: person.charAt(0).toLocaleUpperCase('en'),
      bold: person,
      text: ' approved',
      more: `for ${name}${
        approval ? `, ${formatMoment(approval.at, clock)}` : ''
      }`,
    };
  });
}

function slotName({ name, from }: SlotState): string {
  return from.includes('/') ? personName(from) : name;
}
