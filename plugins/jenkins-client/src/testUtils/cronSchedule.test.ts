// SPDX-License-Identifier: Apache-2.0
import { cronSchedule } from './cronSchedule';

const minutesOf = (spec: string, day = '2026-03-02') => {
  const fires = cronSchedule(spec, 'orders/image');
  return Array.from({ length: 24 * 60 }, (_, i) => i).filter(minute =>
    fires(new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000)),
  );
};

describe('cronSchedule', () => {
  it('fires at fixed times, in lists, ranges and steps', () => {
    expect(minutesOf('30 4 * * *')).toEqual([270]);
    expect(minutesOf('0,30 4-5 * * *')).toEqual([240, 270, 300, 330]);
    expect(minutesOf('*/20 0 * * *')).toEqual([0, 20, 40]);
    expect(minutesOf('0 0 * * 1')).toEqual([0]);
    expect(minutesOf('0 0 * * 7')).toEqual([]);
    expect(minutesOf('0 0 * * 7', '2026-03-01')).toEqual([0]);
  });

  it('spreads H by the name of the job, the same each time', () => {
    expect(minutesOf('H H * * *')).toHaveLength(1);
    expect(minutesOf('H H * * *')).toEqual(minutesOf('@daily'));
    const everyFive = minutesOf('H/5 * * * *');
    expect(everyFive).toHaveLength(288);
    expect(everyFive[1] - everyFive[0]).toBe(5);
    expect(minutesOf('H H(2-3) * * *')[0]).toBeGreaterThanOrEqual(120);
    expect(minutesOf('H H(2-3) * * *')[0]).toBeLessThan(240);
  });

  it('reads several lines and skips comments', () => {
    expect(minutesOf('# nightly\n0 1 * * *\n\n0 2 * * *')).toEqual([60, 120]);
  });

  it.each(['* * *', '60 * * * *', 'x * * * *', '* * * * 8'])(
    'refuses %s',
    spec => {
      expect(() => cronSchedule(spec, 'x')).toThrow(
        /five fields|out of range|not understood/,
      );
    },
  );
});
