// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import { pathOf, serviceName, type WorldSize } from '../world/World';

/** How many people look, at most. */
export const PEOPLE = 50;

/** The Component of a Service, as both plugins read it. */
export function componentOf(size: WorldSize, index: number): Entity {
  const name = serviceName(index);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-${name}`,
      annotations: {
        'backstage.io/kubernetes-id': name,
        'jenkins.io/job-full-name': name,
        'spinnaker.io/application-name': name,
        'delivery/path': `path-${pathOf(size, index)}`,
      },
    },
    spec: { type: 'service', system: 'shop' },
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/team-orders' },
      { type: 'dependsOn', targetRef: `resource:default/${name}-chart` },
    ],
  };
}

/** The catalog of the world. */
export function catalogEntities(size: WorldSize): Entity[] {
  const group = (name: string, people: readonly string[]): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    relations: people.map(person => ({
      type: 'hasMember',
      targetRef: `user:default/${person}`,
    })),
  });
  const people = Array.from(
    { length: PEOPLE },
    (_, index) => `person-${index}`,
  );
  return [
    ...Array.from({ length: size.services }, (_, index) =>
      componentOf(size, index),
    ),
    ...Array.from({ length: size.services }, (_, index) => chartOf(index)),
    group('team-orders', people.slice(0, 6)),
    group('platform', people.slice(40, 44)),
  ];
}

function chartOf(index: number): Entity {
  const name = serviceName(index);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: `${name}-chart`,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location': `url:https://git.example/${name}-chart/tree/main/catalog-info.yaml`,
      },
    },
    spec: { type: 'helm-chart' },
    relations: [
      { type: 'dependencyOf', targetRef: `component:default/${name}` },
    ],
  };
}
