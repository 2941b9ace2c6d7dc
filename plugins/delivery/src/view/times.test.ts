// SPDX-License-Identifier: Apache-2.0
import { formatDay } from './formatDay';
import { formatDuration } from './formatDuration';
import { formatEarliest } from './formatEarliest';
import { formatMoment } from './formatMoment';
import { formatStep } from './formatStep';
import { formatWhen } from './formatWhen';

const UTC = { now: Date.parse('2026-11-20T10:42:00Z'), zone: 'UTC' };
const BERLIN = { ...UTC, zone: 'Europe/Berlin' };

describe('times', () => {
  it.each([
    ['2026-11-20T10:41:56Z', '4 s ago'],
    ['2026-11-20T10:24:00Z', '18 min ago'],
    ['2026-11-20T08:02:00Z', 'today 08:02'],
    ['2026-11-20T17:10:00Z', 'today 17:10'],
    ['2026-11-18T15:02:00Z', 'Wed 15:02'],
    ['2026-11-13T09:00:00Z', '13 Nov'],
    ['2025-11-13T09:00:00Z', '13 Nov 2025'],
  ])('says %s as "%s"', (instant, text) => {
    expect(formatWhen(instant, UTC)).toBe(text);
  });

  it('writes times on the wall clock of the zone', () => {
    expect(formatMoment('2026-11-20T08:02:00Z', BERLIN)).toBe('09:02');
    expect(formatMoment('2026-11-18T23:30:00Z', BERLIN)).toBe('Thu 00:30');
  });

  it.each([
    ['2026-11-20T17:10:00Z', 'today 17:10'],
    ['2026-11-23T09:00:00Z', 'Monday 09:00'],
    ['2026-12-13T09:00:00Z', '13 Dec 09:00'],
  ])('says from when: %s as "%s"', (instant, text) => {
    expect(formatEarliest(instant, UTC)).toBe(text);
  });

  it('says the time of a step with seconds only on the same day', () => {
    expect(formatStep('2026-11-20T10:02:04Z', UTC)).toBe('10:02:04');
    expect(formatStep('2026-11-19T16:20:00Z', UTC)).toBe('Thu 16:20');
  });

  it('says a day in one word where it can', () => {
    expect(formatDay('2026-11-18T15:02:00Z', UTC)).toBe('Wed');
    expect(formatDay('2026-11-20T08:10:00Z', UTC)).toBe('08:10');
    expect(formatDay('2026-11-13T08:10:00Z', UTC)).toBe('13 Nov');
  });

  it.each([
    [-5, '0 s'],
    [45_000, '45 s'],
    [372_000, '6 min 12 s'],
    [22 * 60_000, '22 min'],
    [15_000_000, '4 h 10 min'],
    [(24 + 19) * 3_600_000, '1 d 19 h'],
    [48 * 3_600_000, '2 d'],
  ])('says %d ms as "%s"', (length, text) => {
    expect(formatDuration(length)).toBe(text);
  });
});
