// SPDX-License-Identifier: Apache-2.0
import { readGates } from '../config/readGates';
import { builtInGates } from '../gates/builtInGates';
import { describePolicy } from './describePolicy';

function gates(...written: object[]) {
  const read = readGates(written, {
    types: new Map(builtInGates.map(gate => [gate.type, gate])),
    path: ['gates'],
  });
  expect(read.faults).toEqual([]);
  return read.gates;
}

describe('a policy for people', () => {
  it('names each gate with where it comes from and what it asks', () => {
    const [soak, board] = gates(
      { type: 'soak', for: '30m', kinds: ['forward'] },
      {
        type: 'http',
        title: 'Board',
        id: 'board',
        mode: 'audit',
        onUnknown: 'fail',
        overridable: false,
        url: 'https://board.example/ok?token=secret#there',
        pass: { path: 'state', equals: 'http' },
      },
    );
    expect(describePolicy([soak, { ...board, policy: 'company' }])).toEqual([
      {
        gate: 'soak',
        type: 'soak',
        title: 'Soak',
        origin: { from: 'environment' },
        kinds: ['forward'],
        mode: 'enforce',
        onUnknown: 'wait',
        overridable: true,
        settings: { for: '30m' },
      },
      {
        gate: 'board',
        type: 'http',
        title: 'Board',
        origin: { from: 'policy', name: 'company' },
        kinds: [...board.appliesTo],
        mode: 'audit',
        onUnknown: 'fail',
        overridable: false,
        settings: {
          title: 'Board',
          url: 'https://board.example/ok?…',
          pass: { path: 'state', equals: 'http' },
        },
      },
    ]);
  });

  it('leaves texts alone that are no addresses', () => {
    const [gate] = gates({ type: 'soak', for: '30m' });
    const [{ settings }] = describePolicy([
      {
        ...gate,
        written: {
          type: 'soak',
          query: 'up{job="orders"}? # of them',
          about: 'see https://a.example?b',
          plain: 'http://a.example?b#c',
        },
      },
    ]);
    expect(settings).toEqual({
      query: 'up{job="orders"}? # of them',
      about: 'see https://a.example?b',
      plain: 'http://a.example?…',
    });
  });
});
