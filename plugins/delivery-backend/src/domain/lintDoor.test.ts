// SPDX-License-Identifier: Apache-2.0
import { builtInGates } from '../gates/builtInGates';
import { readGates } from '../config/readGates';
import { lintDoor } from './lintDoor';

const NOW = new Date('2026-11-16T09:00:00.000Z');
const PEOPLE = new Map([
  ['owner', ['user:default/anna', 'user:default/ben']],
  ['group:default/platform', ['user:default/chidi', 'user:default/lee']],
  ['group:default/solo', ['user:default/chidi']],
  ['group:default/empty', []],
]);

function lint(gates: object[], after: string[] = ['staging']): string[] {
  const read = readGates(gates, {
    types: new Map(builtInGates.map(gate => [gate.type, gate])),
    path: ['gates'],
  });
  expect(read.faults).toEqual([]);
  return lintDoor({
    environment: { name: 'prod', after },
    gates: read.gates,
    people: PEOPLE,
    now: NOW,
  }).map(({ detail, severity }) => `${severity}: ${detail}`);
}

const slot = (from: string, count = 1) => ({ name: from, from, count });
const approvals = (...slots: object[]) => ({ type: 'approvals', slots });
const freeze = (...entries: [string, string][]) => ({
  type: 'freeze',
  entries: entries.map(([from, to]) => ({
    title: 'Quiet',
    from,
    to,
    owner: 'ops',
    reason: 'Quiet time',
  })),
});

describe('the lint of a door', () => {
  it.each<[string, object[]]>([
    ['slots that enough people can fill', [approvals(slot('owner'))]],
    [
      'a requester who is not needed',
      [approvals(slot('owner'), slot('group:default/platform'))],
    ],
    ['a soak without freezes', [{ type: 'soak', for: '30d' }]],
    [
      'a soak that fits between freezes',
      [
        { type: 'soak', for: '3d' },
        freeze(['2026-11-18', '2026-11-20'], ['2026-11-25', '2027-11-01']),
      ],
    ],
    [
      'a window that opens between freezes',
      [
        {
          type: 'window',
          zone: 'UTC',
          allow: ['Mon 09:00-10:00'],
        },
        freeze(['2026-11-16', '2026-11-20']),
      ],
    ],
    ['an evidence gate', [{ type: 'evidence' }]],
  ])('has nothing to say of %s', (_, gates) => {
    expect(lint(gates)).toEqual([]);
  });

  it.each<[string, object[], RegExp]>([
    [
      'an unknown group',
      [approvals(slot('group:default/nobody'))],
      /^unknown: Who may fill "group:default\/nobody" .* is not known/,
    ],
    [
      'an empty group',
      [approvals(slot('group:default/empty'))],
      /^error: Nobody can fill "group:default\/empty": .* has no members/,
    ],
    [
      'slots for more people than there are',
      [
        approvals(
          slot('group:default/platform', 2),
          slot('group:default/solo'),
        ),
      ],
      /^error: The 3 slots need as many different people, and at most 2 /,
    ],
    [
      'a slot that is filled by those who ask',
      [approvals(slot('group:default/solo'))],
      /^warning: What chidi asks for can never be approved/,
    ],
    [
      'a window that never opens',
      [
        {
          type: 'window',
          zone: 'UTC',
          allow: ['Mon 09:00-10:00'],
          deny: ['Mon 00:00-24:00'],
        },
      ],
      /^error: The window never opens/,
    ],
    [
      'a window that opens in freezes only',
      [
        { type: 'window', zone: 'UTC', allow: ['Mon 09:00-10:00'] },
        freeze(['2026-11-16', '2028-01-01']),
      ],
      /^warning: The window opens only while a freeze lasts/,
    ],
    [
      'a soak longer than every gap between freezes',
      [
        { type: 'soak', for: '7d' },
        freeze(
          ['2026-11-18', '2026-11-20'],
          ['2026-11-23', '2027-06-01'],
          ['2027-06-05', '2027-11-30'],
        ),
      ],
      /^warning: The soak of 7 d is longer than every gap between the freezes of the next year, of which the longest is 4 d/,
    ],
    [
      'a freeze that is over',
      [freeze(['2025-01-01', '2025-01-02'])],
      /^warning: All freezes are over/,
    ],
  ])('names %s', (_, gates, expected) => {
    expect(lint(gates)).toEqual([expect.stringMatching(expected)]);
  });

  it('names a soak with nothing before it', () => {
    expect(lint([{ type: 'soak', for: '1h' }], [])).toEqual([
      'error: There is no environment before prod in which a release could soak.',
    ]);
  });

  it('does not call it an error where a gate is only shown', () => {
    expect(
      lint([{ ...approvals(slot('group:default/empty')), mode: 'audit' }]),
    ).toEqual([expect.stringMatching(/^warning: Nobody can fill/)]);
  });
});
