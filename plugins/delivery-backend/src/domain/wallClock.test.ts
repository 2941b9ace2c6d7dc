// SPDX-License-Identifier: Apache-2.0
import { wallClock } from './wallClock';

const on = (text: string) => {
  const [year, month, day, hour, minute] = text.split(/[- :]/).map(Number);
  return { year, month, day, hour, minute };
};

describe('wallClock', () => {
  it.each([
    ['in winter', '2026-01-15 09:00', 'Europe/Berlin', '2026-01-15T08:00'],
    ['in summer', '2026-07-15 09:00', 'Europe/Berlin', '2026-07-15T07:00'],
    [
      'before the jump',
      '2026-03-29 01:59',
      'Europe/Berlin',
      '2026-03-29T00:59',
    ],
    ['left out', '2026-03-29 02:00', 'Europe/Berlin', '2026-03-29T01:00'],
    ['left out later', '2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T01:00'],
    ['after the jump', '2026-03-29 03:00', 'Europe/Berlin', '2026-03-29T01:00'],
    [
      'the first of two',
      '2026-10-25 02:30',
      'Europe/Berlin',
      '2026-10-25T00:30',
    ],
    ['after both', '2026-10-25 03:00', 'Europe/Berlin', '2026-10-25T02:00'],
    [
      'at half an hour',
      '2026-10-04 02:10',
      'Australia/Lord_Howe',
      '2026-10-03T15:30',
    ],
    [
      'the first of two in the west',
      '2026-11-01 01:30',
      'America/New_York',
      '2026-11-01T05:30',
    ],
    ['beyond the day', '2026-12-31 24:00', 'UTC', '2027-01-01T00:00'],
  ])('finds a time %s', (_, local, zone, expected) => {
    expect(wallClock(on(local), zone).toISOString()).toBe(
      `${expected}:00.000Z`,
    );
  });

  it('takes what is left out of a time as its beginning, and seconds as they are', () => {
    const day = { year: 2026, month: 2, day: 28 };
    expect(wallClock(day, 'UTC').toISOString()).toBe(
      '2026-02-28T00:00:00.000Z',
    );
    expect(
      wallClock({ ...day, hour: 1, minute: 2, second: 3 }, 'UTC').toISOString(),
    ).toBe('2026-02-28T01:02:03.000Z');
  });
});
