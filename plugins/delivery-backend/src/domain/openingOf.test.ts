// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { openingOf } from './openingOf';
import { weeklyRangeSchema } from './WeeklyRange';

const ZONE = 'Europe/Berlin';

function hours(allow: readonly string[], deny: readonly string[] = []) {
  const read = (text: string) => weeklyRangeSchema.parse(text);
  return { zone: ZONE, allow: allow.map(read), deny: deny.map(read) };
}

/** What is said at an instant when nothing was asked before. */
function said(
  at: string,
  allow: readonly string[],
  deny: readonly string[] = [],
): string {
  return inWords(openingOf(hours(allow, deny), new Date(at)));
}

function inWords(opening: ReturnType<typeof openingOf>): string {
  return opening.open
    ? `open until ${opening.until?.toISOString()}`
    : `opens ${opening.opens?.toISOString()}`;
}

const dayName = fc.constantFrom('Mon', 'Wed', 'Fri', 'Sat', 'Sun', 'Mon-Sun');
const clock = fc.constantFrom('00:00', '02:30', '09:00', '16:00', '22:00');
const range = fc
  .tuple(dayName, clock, clock)
  .filter(([, from, to]) => from !== to)
  .map(([days, from, to]) => `${days} ${from}-${to}`);
/** Quarters of an hour around the night in which the clock is set back. */
const instant = fc
  .integer({ min: -1_000, max: 1_000 })
  .map(quarters => Date.parse('2026-10-25T00:00:00Z') + quarters * 900_000);

describe('openingOf', () => {
  it('says the same however often and in whichever order it is asked', () => {
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 2 }),
        fc.array(range, { maxLength: 1 }),
        fc.array(instant, { minLength: 1, maxLength: 30 }),
        (allow, deny, instants) => {
          const asked = hours(allow, deny);
          for (const time of instants) {
            expect(openingOf(asked, new Date(time))).toEqual(
              openingOf(hours(allow, deny), new Date(time)),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('looks again at each edge, not before and not after', () => {
    const asked = hours(['Mon 09:00-16:00']);
    const at = (time: string) => inWords(openingOf(asked, new Date(time)));
    const monday = 'open until 2026-11-16T15:00:00.000Z';
    const next = 'opens 2026-11-23T08:00:00.000Z';
    expect(at('2026-11-16T08:00:00.000Z')).toBe(monday);
    expect(at('2026-11-16T14:59:59.999Z')).toBe(monday);
    expect(at('2026-11-16T15:00:00.000Z')).toBe(next);
    expect(at('2026-11-16T12:00:00.000Z')).toBe(monday);
    expect(at('2026-11-16T07:59:59.999Z')).toBe(
      'opens 2026-11-16T08:00:00.000Z',
    );
  });

  it('remembers an answer that an edge will end, and gives the same one again', () => {
    const asked = hours(['Mon 09:00-16:00']);
    const first = openingOf(asked, new Date('2026-11-16T09:00:00Z'));
    expect(openingOf(asked, new Date('2026-11-16T10:00:00Z'))).toBe(first);
    expect(openingOf(asked, new Date('2026-11-16T09:00:00Z'))).toBe(first);
    expect(openingOf(asked, new Date('2026-11-16T08:59:59Z'))).not.toBe(first);
    expect(openingOf(asked, new Date('2026-11-16T15:00:00Z'))).not.toBe(first);
  });

  it('goes by the day that the zone shows, not by that of UTC', () => {
    // Monday already in Berlin, Sunday still in UTC.
    expect(said('2026-11-15T23:30:00Z', ['Mon 00:00-01:00'])).toBe(
      'open until 2026-11-16T00:00:00.000Z',
    );
    expect(said('2026-11-16T23:30:00Z', ['Mon 09:00-16:00'])).toBe(
      'opens 2026-11-23T08:00:00.000Z',
    );
  });

  it('finds the hours that began the day before, west of UTC too', () => {
    // 22:00 on Tuesday in New York, Wednesday already in UTC.
    const asked = { ...hours(['Mon 23:00-22:30']), zone: 'America/New_York' };
    expect(inWords(openingOf(asked, new Date('2026-11-18T03:00:00Z')))).toBe(
      'open until 2026-11-18T03:30:00.000Z',
    );
  });

  it('says no end of what is open as far as anybody looks', () => {
    expect(said('2026-11-16T12:00:00Z', ['Mon-Sun 00:00-24:00'])).toBe(
      'open until undefined',
    );
    expect(said('2026-11-16T12:00:00Z', [], ['Wed 12:00-13:00'])).toBe(
      'open until 2026-11-18T11:00:00.000Z',
    );
  });

  it('finds what opens only after another week', () => {
    expect(
      said(
        '2026-11-16T08:00:00Z',
        ['Mon 08:00-10:00'],
        ['Mon 08:00-09:30', 'Tue-Sun 00:00-24:00'],
      ),
    ).toBe('opens 2026-11-16T08:30:00.000Z');
    expect(said('2026-11-16T09:00:00Z', ['Mon 08:00-10:00'])).toBe(
      'opens 2026-11-23T07:00:00.000Z',
    );
  });
});
