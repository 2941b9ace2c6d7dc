// SPDX-License-Identifier: Apache-2.0
import { treeProjection } from './treeProjection';

const job = {
  _class: 'Job',
  name: 'chart',
  url: 'u',
  builds: [
    { _class: 'Run', number: 3, result: null, actions: [{}, { x: 1, y: 2 }] },
    { _class: 'Run', number: 2, result: 'SUCCESS', actions: [] },
    { _class: 'Run', number: 1, result: 'FAILURE', actions: [] },
  ],
};

describe('treeProjection', () => {
  it('keeps the fields that were asked for, and the class', () => {
    expect(treeProjection(job, 'name,unknown')).toEqual({
      _class: 'Job',
      name: 'chart',
    });
    expect(treeProjection(job, 'builds[number,actions[x]]{0,2}')).toEqual({
      _class: 'Job',
      builds: [
        { _class: 'Run', number: 3, actions: [{}, { x: 1 }] },
        { _class: 'Run', number: 2, actions: [] },
      ],
    });
  });

  it.each<[string, number[]]>([
    ['builds[number]{1,}', [2, 1]],
    ['builds[number]{,1}', [3]],
    ['builds[number]{2}', [1]],
    ['builds[*]{1,2},name', [2]],
  ])('cuts %s', (tree, numbers) => {
    expect(treeProjection(job, tree)).toMatchObject({
      builds: numbers.map(number => ({ number })),
    });
  });

  it.each(['builds[number', 'a,,b', 'a]', ''])('refuses %j', tree => {
    expect(() => treeProjection(job, tree)).toThrow(/expected .* at position/);
  });
});
