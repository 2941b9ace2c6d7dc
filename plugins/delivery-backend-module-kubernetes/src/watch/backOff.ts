// SPDX-License-Identifier: Apache-2.0
import type { WatchTiming } from './WatchTiming';

/**
 * How long to wait before the next try, in milliseconds.
 *
 * @remarks
 * It doubles with each failure up to the longest pause; a random half of it is taken off, so
 * that a cluster that comes back is not asked by everybody at once.
 */
export function backOff(options: {
  failures: number;
  timing: Pick<WatchTiming, 'firstPauseMs' | 'longestPauseMs'>;
  random(): number;
}): number {
  const { failures, timing, random } = options;
  const doubled = timing.firstPauseMs * 2 ** Math.min(failures - 1, 20);
  const longest = Math.min(doubled, timing.longestPauseMs);
  return Math.round(longest * (1 - random() / 2));
}
