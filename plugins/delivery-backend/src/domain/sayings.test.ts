// SPDX-License-Identifier: Apache-2.0
import { aRelease, anObservation } from '../__testUtils__/serviceFacts';
import { runningDigests } from './runningDigests';
import { sayInstant } from './sayInstant';
import { sayList } from './sayList';
import { slotFaults } from './slotFaults';
import { toEnvironment } from './toEnvironment';
import { CONFIG } from '../__testUtils__/demoConfig';

describe('what people read', () => {
  it.each<[string[], string]>([
    [[], ''],
    [['anna'], 'anna'],
    [['anna', 'ben'], 'anna or ben'],
    [['anna', 'ben', 'chidi'], 'anna, ben or chidi'],
  ])('lists %j', (names, expected) => {
    expect(sayList(names, 'or')).toBe(expected);
    expect(sayList(names, 'and')).toBe(expected.replace(' or ', ' and '));
  });

  const now = new Date('2026-11-16T09:00:00Z');
  it.each<[string, string, string]>([
    ['2026-11-16T13:05:00Z', 'Europe/Berlin', 'today 14:05'],
    ['2026-11-16T00:30:00Z', 'Europe/Berlin', 'today 01:30'],
    ['2026-11-16T23:30:00Z', 'Europe/Berlin', 'Tuesday 00:30'],
    ['2026-11-16T23:30:00Z', 'UTC', 'today 23:30'],
    ['2026-11-22T22:59:00Z', 'Europe/Berlin', 'Sunday 23:59'],
    ['2026-11-22T23:00:00Z', 'Europe/Berlin', '23 November 2026 00:00'],
    ['2026-11-15T12:00:00Z', 'UTC', '15 November 2026 12:00'],
    ['2027-06-01T08:09:00Z', 'Europe/Berlin', '1 June 2027 10:09'],
    ['2026-11-18T12:00:00Z', 'UTC', 'Wednesday 12:00'],
    ['2026-11-19T12:00:00Z', 'UTC', 'Thursday 12:00'],
    ['2026-11-20T12:00:00Z', 'UTC', 'Friday 12:00'],
    ['2026-11-21T12:00:00Z', 'UTC', 'Saturday 12:00'],
  ])('names %s in %s', (instant, zone, expected) => {
    expect(sayInstant(new Date(instant), { zone, now })).toBe(expected);
  });

  it('names a Monday and every month', () => {
    expect(
      sayInstant(new Date('2026-11-16T10:00:00Z'), {
        zone: 'UTC',
        now: new Date('2026-11-15T10:00:00Z'),
      }),
    ).toBe('Monday 10:00');
    const months = Array.from({ length: 12 }, (_, month) =>
      sayInstant(new Date(Date.UTC(2028, month, 2)), { zone: 'UTC', now }),
    );
    expect(months).toEqual(
      [
        ['January', 'February', 'March', 'April', 'May', 'June'],
        ['July', 'August', 'September', 'October', 'November', 'December'],
      ]
        .flat()
        .map(month => `2 ${month} 2028 00:00`),
    );
  });
});

describe('what runs', () => {
  it('is a sorted list of digests, and of names that carry none', () => {
    const { workloads } = anObservation('dev', { digit: 'b' });
    const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
    const [first] = workloads;
    expect(
      runningDigests(
        anObservation('dev', {
          digit: 'b',
          workloads: [
            ...workloads,
            {
              ...first,
              images: [
                { name: 'x'.repeat(200) },
                { name: 'a', digest: digest('a') },
                { name: 'again', digest: digest('b') },
              ],
            },
          ],
        }),
      ),
    ).toEqual([digest('a'), digest('b'), `unpinned:${'x'.repeat(91)}`]);
    expect(runningDigests(undefined)).toEqual([]);
  });
});

describe('an environment as everybody may see it', () => {
  it('names the namespace of the service, and none of the operator’s settings', () => {
    const [, staging] = CONFIG.paths.get('default')!.environments;
    expect(toEnvironment(staging, { name: 'orders' })).toEqual({
      name: 'staging',
      tier: staging.tier,
      after: ['dev'],
      entry: 'requested',
      cluster: 'local',
      namespace: 'orders-staging',
    });
  });
});

describe('slots that can never be filled', () => {
  const slot = (from: string, count = 1) => ({ from, count });
  it.each<[string, Parameters<typeof slotFaults>, object[]]>([
    ['people who are not known', [[slot('owner', 5)], new Map()], []],
    [
      'enough people',
      [[slot('g', 2), slot('user:a')], new Map([['g', ['user:a', 'b', 'c']]])],
      [],
    ],
    [
      'somebody needed twice',
      [[slot('g', 2), slot('user:a')], new Map([['g', ['user:a', 'b']]])],
      [
        {
          path: ['slots'],
          message:
            'can never all be filled: 3 of them need as many different people, and at most 2 can be given',
        },
      ],
    ],
    [
      'nobody of that name',
      [[slot('owner'), slot('g')], new Map([['g', 'absent' as const]])],
      [
        {
          path: ['slots', 1, 'from'],
          message: 'there is no g in the catalog',
        },
      ],
    ],
  ])('are found for %s', (_, [slots, people], expected) => {
    expect(slotFaults(slots, people)).toEqual(expected);
  });
});

describe('a release', () => {
  it('carries its evidence and where it was built', () => {
    const release = aRelease(7, 'a');
    expect(release).toMatchObject({
      id: 'component:default/orders@7',
      number: 7,
      evidence: { unitTests: { passed: 128, failed: 0, skipped: 2 } },
    });
    expect(release.fingerprint).toBe(aRelease(7, 'a').fingerprint);
    expect(release.fingerprint).not.toBe(aRelease(7, 'b').fingerprint);
  });
});
