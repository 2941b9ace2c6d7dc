// SPDX-License-Identifier: Apache-2.0
import { readWarnings, warningsAbout } from './readWarnings';

const NOW = new Date('2026-11-21T12:00:00Z');

const event = (options: {
  uid: string;
  minutesAgo: number;
  message: string;
  type?: string;
}) => ({
  type: options.type ?? 'Warning',
  reason: 'BackOff',
  message: options.message,
  count: 4,
  lastTimestamp: new Date(
    NOW.getTime() - options.minutesAgo * 60_000,
  ).toISOString(),
  involvedObject: { uid: options.uid },
});

describe('readWarnings', () => {
  it('tells the newest warnings about a Workload, each once', () => {
    const warnings = readWarnings(
      [
        event({ uid: 'a', minutesAgo: 3, message: 'older' }),
        event({ uid: 'a', minutesAgo: 1, message: 'newest' }),
        event({ uid: 'b', minutesAgo: 2, message: 'newest' }),
        event({ uid: 'c', minutesAgo: 1, message: 'of another' }),
        event({ uid: 'a', minutesAgo: 11, message: 'no news' }),
        event({ uid: 'a', minutesAgo: 1, message: 'fine', type: 'Normal' }),
        'no event',
      ],
      NOW,
    );
    expect(
      warningsAbout(warnings, new Set(['a', 'b'])).map(({ at, message }) => [
        at,
        message,
      ]),
    ).toEqual([
      ['2026-11-21T11:59:00.000Z', 'newest'],
      ['2026-11-21T11:57:00.000Z', 'older'],
    ]);
  });

  it('counts and dates a series as it goes on', () => {
    const [warning] = readWarnings(
      [
        {
          type: 'Warning',
          reason: 'FailedScheduling',
          message: 'no node',
          eventTime: '2026-11-21T11:40:00.000000Z',
          series: {
            count: 17,
            lastObservedTime: '2026-11-21T11:59:00.000000Z',
          },
          involvedObject: { uid: 'a' },
        },
      ],
      NOW,
    );
    expect(warning).toMatchObject({
      count: 17,
      at: '2026-11-21T11:59:00.000Z',
    });
  });

  it.each([undefined, null, {}, 7, { type: 'Warning' }])(
    'finds none in %j',
    one => {
      expect(readWarnings([one], NOW)).toEqual([]);
    },
  );
});
