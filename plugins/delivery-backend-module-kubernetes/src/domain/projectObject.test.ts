// SPDX-License-Identifier: Apache-2.0
import { projectObject } from './projectObject';
import { ProjectionPool } from './ProjectionPool';

const metadata = { uid: 'u', name: 'n', namespace: 'web' };

describe('projectObject', () => {
  const project = (kind: 'Pod' | 'Deployment' | 'DaemonSet', object: unknown) =>
    projectObject(kind, object, new ProjectionPool());

  it.each([
    undefined,
    null,
    'text',
    [],
    {},
    { metadata: 7 },
    { metadata: { uid: 'u', name: 'n' } },
    JSON.parse(
      '{"metadata":{"__proto__":{"uid":"u","name":"n","namespace":"x"}}}',
    ),
  ])('keeps nothing of what has no identity: %j', object => {
    expect(project('Pod', object)).toBeUndefined();
  });

  it('keeps an odd object as far as it can be understood', () => {
    expect(
      project('Pod', {
        metadata: { ...metadata, ownerReferences: 'none' },
        spec: {
          containers: [7, { image: ['x'] }, { name: 'a', image: 'shop:1' }],
        },
        status: { phase: 9, containerStatuses: { a: 1 }, conditions: [null] },
      }),
    ).toEqual({
      kind: 'Pod',
      ...metadata,
      phase: 'Unknown',
      ready: false,
      terminating: false,
      restarts: 0,
      images: [{ name: 'shop', tag: '1' }],
    });
  });

  it('reads the counts of a DaemonSet', () => {
    expect(
      project('DaemonSet', {
        metadata: { ...metadata, generation: 2 },
        status: {
          observedGeneration: 2,
          desiredNumberScheduled: 3,
          currentNumberScheduled: 3,
          updatedNumberScheduled: 2,
          numberReady: 1,
          numberAvailable: 1,
        },
      }),
    ).toMatchObject({
      observed: true,
      desired: 3,
      replicas: 3,
      updated: 2,
      ready: 1,
      available: 1,
    });
  });

  it('never copies what could be secret', () => {
    const projected = project('Deployment', {
      metadata: {
        ...metadata,
        annotations: { a: 'canary' },
        managedFields: ['canary'],
      },
      spec: {
        replicas: 0,
        template: {
          spec: {
            containers: [
              {
                name: 'a',
                image: 'shop:1',
                env: [{ name: 'A', value: 'canary' }],
                command: ['canary'],
                args: ['canary'],
              },
            ],
            volumes: [{ name: 'canary' }],
          },
        },
      },
    });
    expect(projected).toMatchObject({
      desired: 0,
      images: [{ name: 'shop', tag: '1' }],
    });
    expect(JSON.stringify(projected)).not.toContain('canary');
  });
});
