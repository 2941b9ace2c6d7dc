// SPDX-License-Identifier: Apache-2.0
import type { PromoteButtonView } from './promoteButton';

const RANK: Record<PromoteButtonView['kind'], number> = {
  'in-flight': 0,
  ready: 1,
  blocked: 1,
  'not-allowed': 1,
  'already-there': 2,
};

/**
 * Which of several targets stands on the button itself: what is under way, then
 * the first one of the path that does not have the Release yet, blocked or not.
 */
export function mainButton(
  buttons: readonly PromoteButtonView[],
): PromoteButtonView | undefined {
  return [...buttons].sort((a, b) => RANK[a.kind] - RANK[b.kind])[0];
}
