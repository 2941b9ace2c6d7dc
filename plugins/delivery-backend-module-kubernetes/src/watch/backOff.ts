// SPDX-License-Identifier: Apache-2.0
import type { WatchTiming } from './WatchTiming';

/**
 * How long to wait before the next try, in milliseconds.
 *
 * @remarks
 * It doubles with each failure, from the first pause up to the longest; up to a half comes on
 * top at random, so that a cluster that comes back is not asked by everybody at once.
 */
export function backOff(options: {
  failures: number;
  timing: Pick<WatchTiming, 'firstPauseMs' | 'longestPauseMs'>;
  random(): number;
}): number {
  const { failures, timing, random } = options;
  const doubled = timing.firstPauseMs * 2 ** Math.min(failures - 1, 20);
  const shortest = Math.min(doubled, timing.longestPauseMs / 1.5);
  return Math.round(shortest * (1 + random() / 2));
}
