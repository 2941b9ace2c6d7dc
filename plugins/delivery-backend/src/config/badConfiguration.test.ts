// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { builtInGates } from '../gates/builtInGates';
import { readDeliveryConfig } from './readDeliveryConfig';

const CALENDAR = (rule: string) =>
  [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:1',
    'SUMMARY:Every winter',
    'DTSTART;VALUE=DATE:20261224',
    'DTEND;VALUE=DATE:20261227',
    `RRULE:${rule}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');

function faultsOf(gate: JsonObject): string[] {
  try {
    readDeliveryConfig(
      new ConfigReader({
        delivery: {
          environments: [
            {
              name: 'prod',
              tier: 'production',
              cluster: 'local',
              namespace: '{service}-prod',
              account: 'local-prod',
              gates: [gate],
            },
          ],
        },
      }),
      { gates: builtInGates },
    );
  } catch (error) {
    return String(error)
      .split('\n')
      .slice(1)
      .map(line =>
        line.trim().replace('delivery.environments[0].gates[0]', ''),
      );
  }
  return [];
}

const slots = (...given: JsonObject[]): JsonObject => ({
  type: 'approvals',
  slots: given.map((slot, index) => ({ name: `slot ${index}`, ...slot })),
});

describe('a gate that cannot be meant', () => {
  it.each<[string, JsonObject, string]>([
    [
      'an unknown type',
      { type: 'windows' },
      '.type: there is no gate "windows"',
    ],
    [
      'an unknown zone',
      { type: 'window', zone: 'Europe/Bärlin', allow: ['Mon 09:00-10:00'] },
      '.zone: must be the name of a time zone such as Europe/Berlin',
    ],
    [
      'hours that are none',
      { type: 'window', zone: 'UTC', allow: ['Mon 09:00-10:00', '0 9 * * 1'] },
      '.allow[1]: "0 9 * * 1" is not a range such as "Mon-Thu 09:00-16:00"',
    ],
    [
      'an unknown zone of a freeze',
      { type: 'freeze', zone: 'CEST2', entries: [] },
      '.zone: must be the name of a time zone such as Europe/Berlin',
    ],
    [
      'a recurrence that is none',
      { type: 'freeze', zone: 'UTC', calendar: CALENDAR('FREQ=SOMETIMES') },
      '.calendar: ',
    ],
    [
      'more people than a name is',
      slots({ from: 'user:default/anna', count: 2 }),
      '.slots: can never all be filled: 2 of them need as many different people, and at most 1 can be given',
    ],
    [
      'one person twice',
      slots(
        { from: 'user:default/anna' },
        { from: 'owner' },
        { from: 'user:default/anna' },
      ),
      '.slots: can never all be filled: 2 of them need',
    ],
    [
      'a name that is no reference',
      slots({ from: 'team-orders' }),
      '.slots[0].from: must be owner, group:<namespace>/<name> or user:<namespace>/<name>',
    ],
  ])('is refused with its path: %s', (_, gate, expected) => {
    expect(faultsOf(gate)).toEqual([expect.stringContaining(expected)]);
  });

  it('is none where the people are not known yet', () => {
    expect(
      faultsOf(
        slots(
          { from: 'group:default/platform', count: 3 },
          { from: 'owner', count: 2 },
          { from: 'user:default/anna' },
        ),
      ),
    ).toEqual([]);
  });
});
