// SPDX-License-Identifier: Apache-2.0
import type { PromoteButtonView } from './promoteButton';

const RANK: Record<PromoteButtonView['kind'], number> = {
  'in-flight': 0,
  ready: 1,
  blocked: 2,
  'not-allowed': 2,
  'already-there': 3,
};

/**
 * Which of several targets stands on the button itself: what is under way, then
 * what can be done, in the order of the path.
 */
export function mainButton(
  buttons: readonly PromoteButtonView[],
): PromoteButtonView | undefined {
  return [...buttons].sort((a, b) => RANK[a.kind] - RANK[b.kind])[0];
}
