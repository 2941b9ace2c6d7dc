// SPDX-License-Identifier: Apache-2.0
import type { SlotState } from 'backstage-plugin-delivery-common';

/** How many people still have to approve. */
export function missingApprovals(slots: readonly SlotState[]): number {
  return slots.filter(slot => slot.filledBy === undefined).length;
}
