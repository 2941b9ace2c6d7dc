// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { parseSelector } from '../domain/parseSelector';
import { projectObject } from '../domain/projectObject';
import { ProjectionPool } from '../domain/ProjectionPool';
import type { WatchedKind } from '../domain/WatchedKind';
import { ClusterView } from './ClusterView';
import { KindIndex } from './KindIndex';

describe('ClusterView', () => {
  let view: ClusterView;
  let changed: string[];
  beforeEach(() => {
    changed = [];
    view = new ClusterView(namespace => changed.push(namespace));
  });

  const object = (
    kind: WatchedKind,
    name: string,
    options: { owner?: [kind: string, uid: string]; spec?: JsonObject } = {},
  ) => {
    const { owner, spec = {} } = options;
    const ownerReferences = owner
      ? [{ kind: owner[0], uid: owner[1], controller: true }]
      : [];
    const projected = projectObject(
      kind,
      {
        metadata: {
          uid: name,
          name,
          namespace: 'web',
          labels: { app: 'shop' },
          ownerReferences,
        },
        spec,
      },
      new ProjectionPool(),
    );
    if (!projected) {
      throw new Error('The object has no identity');
    }
    return projected;
  };
  const put = (...args: Parameters<typeof object>) =>
    view.apply(args[0], { type: 'put', object: object(...args) });
  const workloads = () =>
    view.workloadsIn('web', parseSelector('app=shop')).map(each => each.name);
  const podsOf = (name: string) =>
    view
      .workloadsIn('web', parseSelector('app=shop'))
      .filter(each => each.name === name)
      .flatMap(each => view.podsOf(each))
      .map(pod => pod.name);

  it('finds the Pods of a Deployment through its ReplicaSets, in whatever order they come', () => {
    put('Pod', 'p1', { owner: ['ReplicaSet', 'rs'] });
    put('ReplicaSet', 'rs', { owner: ['Deployment', 'd'] });
    expect(workloads()).toEqual([]);
    put('Deployment', 'd');
    put('Pod', 'p2', { owner: ['ReplicaSet', 'rs'] });
    expect(workloads()).toEqual(['d']);
    expect(podsOf('d')).toEqual(['p1', 'p2']);
    view.apply('Pod', { type: 'removed', uid: 'p1' });
    expect(podsOf('d')).toEqual(['p2']);
    expect(new Set(changed)).toEqual(new Set(['web']));
  });

  it('shows a ReplicaSet that no Deployment stands for, and what an operator made', () => {
    put('ReplicaSet', 'blue', { owner: ['Rollout', 'r'] });
    put('ReplicaSet', 'green', { spec: { replicas: 0 } });
    put('StatefulSet', 'db', { owner: ['Database', 'x'] });
    expect(workloads()).toEqual(['blue', 'db']);
  });

  it('puts a new list in the place of the old one', () => {
    put('Deployment', 'old');
    put('DaemonSet', 'agent');
    const fresh = new KindIndex();
    fresh.put(object('Deployment', 'new'));
    view.replace('Deployment', fresh);
    expect(workloads().sort()).toEqual(['agent', 'new']);
    expect(view.size('Deployment')).toBe(1);
    view.apply('Deployment', { type: 'removed', uid: 'unknown' });
    expect(workloads().sort()).toEqual(['agent', 'new']);
  });
});
