// SPDX-License-Identifier: Apache-2.0
import { applyConfiguration } from './applyConfiguration';
import { jsonPatch } from './jsonPatch';
import { mergePatch } from './mergePatch';
import { strategicMergePatch } from './strategicMergePatch';

describe('mergePatch', () => {
  it('merges objects, replaces lists and takes away what is null', () => {
    expect(
      mergePatch(
        { a: { b: 1, c: 2 }, list: [1, 2], gone: true },
        { a: { c: 3 }, list: [9], gone: null },
      ),
    ).toEqual({ a: { b: 1, c: 3 }, list: [9] });
  });
});

describe('strategicMergePatch', () => {
  const live = {
    containers: [
      { name: 'app', image: 'app:1', ports: [{ containerPort: 80 }] },
      { name: 'side', image: 'side:1' },
    ],
    args: ['a', 'b'],
    finalizers: ['one', 'two'],
  };

  it('merges named items by their key and replaces other lists', () => {
    expect(
      strategicMergePatch(live, {
        containers: [
          { name: 'app', image: 'app:2', ports: [{ containerPort: 81 }] },
          { name: 'side', $patch: 'delete' },
          { name: 'new', image: 'new:1' },
        ],
        args: ['c'],
        finalizers: ['three'],
        '$setElementOrder/containers': [{ name: 'app' }],
      }),
    ).toEqual({
      containers: [
        {
          name: 'app',
          image: 'app:2',
          ports: [{ containerPort: 80 }, { containerPort: 81 }],
        },
        { name: 'new', image: 'new:1' },
      ],
      args: ['c'],
      finalizers: ['one', 'two', 'three'],
    });
  });

  it('follows the directives for lists and objects', () => {
    expect(
      strategicMergePatch(live, {
        containers: [{ $patch: 'replace' }, { name: 'only', image: 'x' }],
        '$deleteFromPrimitiveList/finalizers': ['one'],
        $retainKeys: ['containers', 'finalizers'],
      }),
    ).toEqual({
      containers: [{ name: 'only', image: 'x' }],
      finalizers: ['two'],
    });
  });
});

describe('applyConfiguration', () => {
  it('takes away what the manager stopped applying and leaves what others set', () => {
    expect(
      applyConfiguration({
        previous: {
          labels: { a: '1', b: '2' },
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
        next: { labels: { a: '9' }, env: [{ name: 'B', value: '3' }] },
        live: {
          labels: { a: '1', b: '2', foreign: 'x' },
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
            { name: 'FOREIGN', value: 'x' },
          ],
          status: 'kept',
        },
      }),
    ).toEqual({
      labels: { a: '9', foreign: 'x' },
      env: [
        { name: 'B', value: '3' },
        { name: 'FOREIGN', value: 'x' },
      ],
      status: 'kept',
    });
  });
});

describe('jsonPatch', () => {
  it('adds, replaces, removes and tests, in lists too', () => {
    expect(
      jsonPatch({ a: { 'x/y': 1 }, list: [1, 2] }, [
        { op: 'test', path: '/a/x~1y', value: 1 },
        { op: 'replace', path: '/a/x~1y', value: 2 },
        { op: 'add', path: '/list/-', value: 3 },
        { op: 'remove', path: '/list/0' },
      ]),
    ).toEqual({ a: { 'x/y': 2 }, list: [2, 3] });
  });

  it('refuses a path that is not there', () => {
    expect(() => jsonPatch({ a: 1 }, [{ op: 'remove', path: '/b' }])).toThrow(
      /does not apply at \/b/,
    );
  });
});
