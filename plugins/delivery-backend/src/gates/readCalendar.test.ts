// SPDX-License-Identifier: Apache-2.0
import { readCalendar } from './readCalendar';

const calendar = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//northwind//freezes//EN',
    ...events.flatMap(lines => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

const spans = (text: string, zone = 'UTC') =>
  readCalendar(text, zone).map(
    ({ begins, ends }) =>
      `${new Date(begins).toISOString()} ${new Date(ends).toISOString()}`,
  );

describe('readCalendar', () => {
  it('reads title, owner and reason, and whole days by the zone of the gate', () => {
    const text = calendar([
      'UID:1',
      'SUMMARY:Holidays',
      'ORGANIZER;CN=Operations:mailto:ops@example.com',
      'DESCRIPTION:Nobody is there\\nSee you next year',
      'DTSTART;VALUE=DATE:20261224',
      'DTEND;VALUE=DATE:20261227',
    ]);
    expect(readCalendar(text, 'Europe/Berlin')).toEqual([
      {
        title: 'Holidays',
        owner: 'Operations',
        reason: 'Nobody is there',
        begins: Date.parse('2026-12-23T23:00:00Z'),
        ends: Date.parse('2026-12-26T23:00:00Z'),
      },
    ]);
  });

  it('follows a recurrence by the wall clock over the change of the clock, with exceptions and moved ones', () => {
    const text = calendar(
      [
        'UID:weekend',
        'SUMMARY:Weekend',
        'DTSTART;TZID=Europe/Berlin:20261016T180000',
        'DTEND;TZID=Europe/Berlin:20261016T200000',
        'RRULE:FREQ=WEEKLY;COUNT=4',
        'EXDATE;TZID=Europe/Berlin:20261023T180000',
      ],
      [
        'UID:weekend',
        'RECURRENCE-ID;TZID=Europe/Berlin:20261106T180000',
        'SUMMARY:Weekend',
        'DTSTART;TZID=Europe/Berlin:20261107T100000',
        'DTEND;TZID=Europe/Berlin:20261107T110000',
      ],
    );
    expect(spans(text)).toEqual([
      '2026-10-16T16:00:00.000Z 2026-10-16T18:00:00.000Z',
      '2026-10-30T17:00:00.000Z 2026-10-30T19:00:00.000Z',
      '2026-11-07T09:00:00.000Z 2026-11-07T10:00:00.000Z',
    ]);
  });

  it('takes times in UTC as they are, those without a zone by the gate’s, and no cancelled ones', () => {
    const text = calendar(
      ['UID:1', 'DTSTART:20261101T100000Z', 'DURATION:PT2H'],
      ['UID:2', 'DTSTART:20261102T100000', 'DURATION:PT2H'],
      ['UID:3', 'STATUS:CANCELLED', 'DTSTART:20261103T100000', 'DURATION:PT2H'],
    );
    expect(spans(text, 'America/New_York')).toEqual([
      '2026-11-01T10:00:00.000Z 2026-11-01T12:00:00.000Z',
      '2026-11-02T15:00:00.000Z 2026-11-02T17:00:00.000Z',
    ]);
  });

  it('follows a daily recurrence without an end for thirty years', () => {
    const text = calendar([
      'UID:1',
      'DTSTART:20260101T220000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY',
    ]);
    expect(spans(text).at(-1)).toMatch(/^2056-12-31T22/);
  });

  it('gives a name, an owner and a reason to what has none, and cuts what is too long', () => {
    const when = ['DTSTART:20261101T100000Z', 'DURATION:PT2H'];
    const [bare, mailed, long] = readCalendar(
      calendar(
        ['UID:1', ...when],
        ['UID:2', 'ORGANIZER:MAILTO:mailto:ops@example.com', ...when],
        [
          'UID:3',
          `SUMMARY:${'s'.repeat(100)}`,
          `ORGANIZER;CN=${'o'.repeat(120)}:mailto:ops@example.com`,
          `DESCRIPTION:${'d'.repeat(300)}`,
          ...when,
        ],
      ),
      'UTC',
    );
    expect(bare).toMatchObject({
      title: 'Freeze',
      owner: 'the calendar',
      reason: 'Freeze',
    });
    // Only what stands before the address is taken off.
    expect(mailed.owner).toBe('mailto:ops@example.com');
    expect(long).toMatchObject({
      title: 's'.repeat(80),
      owner: 'o'.repeat(100),
      reason: 'd'.repeat(200),
    });
  });

  it('puts the earliest first, and takes nothing but events', () => {
    const text = calendar(
      ['UID:1', 'DTSTART:20261103T100000Z', 'DURATION:PT1H'],
      ['UID:2', 'DTSTART:20261101T100000Z', 'DURATION:PT1H'],
      ['UID:3', 'DTSTART:20261102T100000Z', 'DURATION:PT1H'],
    ).replace(
      'END:VCALENDAR',
      'BEGIN:VTODO\r\nUID:4\r\nDTSTART:20261104T100000Z\r\nDURATION:PT1H\r\nEND:VTODO\r\nEND:VCALENDAR',
    );
    expect(spans(text)).toEqual([
      '2026-11-01T10:00:00.000Z 2026-11-01T11:00:00.000Z',
      '2026-11-02T10:00:00.000Z 2026-11-02T11:00:00.000Z',
      '2026-11-03T10:00:00.000Z 2026-11-03T11:00:00.000Z',
    ]);
  });

  it('moves all that follow where the change says so', () => {
    const text = calendar(
      [
        'UID:a',
        'DTSTART:20261101T100000Z',
        'DTEND:20261101T110000Z',
        'RRULE:FREQ=DAILY;COUNT=4',
      ],
      [
        'UID:a',
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20261103T100000Z',
        'DTSTART:20261103T120000Z',
        'DTEND:20261103T130000Z',
      ],
    );
    expect(spans(text)).toEqual([
      '2026-11-01T10:00:00.000Z 2026-11-01T11:00:00.000Z',
      '2026-11-02T10:00:00.000Z 2026-11-02T11:00:00.000Z',
      '2026-11-03T12:00:00.000Z 2026-11-03T13:00:00.000Z',
      '2026-11-04T12:00:00.000Z 2026-11-04T13:00:00.000Z',
    ]);
  });

  it('moves only the occurrences of the event itself', () => {
    const at = (uid: string, ...more: string[]) => [
      `UID:${uid}`,
      ...more,
      'DURATION:PT1H',
    ];
    const text = calendar(
      at('a', 'DTSTART:20261101T100000Z', 'RRULE:FREQ=DAILY;COUNT=2'),
      at('b', 'DTSTART:20261101T100000Z', 'RRULE:FREQ=DAILY;COUNT=2'),
      at('b', 'RECURRENCE-ID:20261102T100000Z', 'DTSTART:20261105T100000Z'),
    );
    expect(spans(text)).toEqual([
      '2026-11-01T10:00:00.000Z 2026-11-01T11:00:00.000Z',
      '2026-11-01T10:00:00.000Z 2026-11-01T11:00:00.000Z',
      '2026-11-02T10:00:00.000Z 2026-11-02T11:00:00.000Z',
      '2026-11-05T10:00:00.000Z 2026-11-05T11:00:00.000Z',
    ]);
  });

  it.each<[string, string, RegExp]>([
    [
      'an end at the start',
      calendar([
        'SUMMARY:Odd',
        'DTSTART:20261102T100000Z',
        'DTEND:20261102T100000Z',
      ]),
      /"Odd" ends before it begins/,
    ],
    ['no calendar', 'entries: []', /^is no calendar \(RFC 5545\)/],
    [
      'an end before the start',
      calendar([
        'SUMMARY:Odd',
        'DTSTART:20261102T100000Z',
        'DTEND:20261101T100000Z',
      ]),
      /"Odd" ends before it begins/,
    ],
    [
      'a zone that is none',
      calendar([
        'SUMMARY:Odd',
        'DTSTART;TZID=Middle Earth:20261102T100000',
        'DURATION:PT1H',
      ]),
      /"Odd" is in the time zone "Middle Earth"/,
    ],
    [
      'something that recurs without measure',
      calendar([
        'SUMMARY:Odd',
        'DTSTART:20261102T100000Z',
        'DURATION:PT1M',
        'RRULE:FREQ=HOURLY',
      ]),
      /"Odd" recurs more than/,
    ],
    [
      'an event without a start',
      calendar(['SUMMARY:Odd']),
      /"Odd" has no DTSTART/,
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => readCalendar(text, 'UTC')).toThrow(message);
  });
});
