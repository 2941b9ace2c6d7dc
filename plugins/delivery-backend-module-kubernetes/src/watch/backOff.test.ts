// SPDX-License-Identifier: Apache-2.0
import { backOff } from './backOff';
import { defaultWatchTiming } from './WatchTiming';

describe('backOff', () => {
  const pause = (failures: number, random: number) =>
    backOff({ failures, timing: defaultWatchTiming, random: () => random });

  it('doubles from half a second to half a minute', () => {
    expect([1, 2, 3, 4, 7, 60].map(failures => pause(failures, 0))).toEqual([
      500, 1_000, 2_000, 4_000, 30_000, 30_000,
    ]);
  });

  it('takes up to a half off at random', () => {
    expect(pause(3, 1)).toBe(1_000);
    expect(pause(3, 0.5)).toBe(1_500);
  });
});
