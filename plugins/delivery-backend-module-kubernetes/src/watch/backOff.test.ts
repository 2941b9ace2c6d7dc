// SPDX-License-Identifier: Apache-2.0
import { backOff } from './backOff';
import { defaultWatchTiming } from './WatchTiming';

describe('backOff', () => {
  const pause = (failures: number, random: number) =>
    backOff({ failures, timing: defaultWatchTiming, random: () => random });

  it('doubles from half a second to half a minute, and never leaves these bounds', () => {
    const shortest = [1, 2, 3, 4, 7, 60].map(failures => pause(failures, 0));
    const longest = [1, 2, 3, 4, 7, 60].map(failures => pause(failures, 1));
    expect(shortest).toEqual([500, 1_000, 2_000, 4_000, 20_000, 20_000]);
    expect(longest).toEqual([750, 1_500, 3_000, 6_000, 30_000, 30_000]);
  });

  it('is another one each time, the longest pause included', () => {
    expect(pause(3, 0.5)).toBe(2_500);
    expect(pause(60, 0.5)).toBe(25_000);
  });
});
