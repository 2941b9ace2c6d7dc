// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import {
  builtInGates,
  readDeliveryConfig,
  toRelease,
  type DeliveryConfig,
  type People,
  type StoredService,
} from 'backstage-plugin-delivery-backend/testUtils';
import type { Observation, Release } from 'backstage-plugin-delivery-common';
import { digestOf } from 'backstage-plugin-delivery-node';

const HOUR_MS = 3_600_000;

/** Three environments with the gates of the demo; nothing takes long here. */
export const CONFIG: DeliveryConfig = readDeliveryConfig(
  new ConfigReader({
    delivery: {
      environments: [
        environment('dev', { tier: 'development', entry: 'automatic' }),
        environment('staging', {
          tier: 'staging',
          after: ['dev'],
          gates: [
            { type: 'upstream' },
            { type: 'notMarkedBad' },
            { type: 'health' },
            { type: 'evidence', scan: { critical: 0 } },
            { type: 'soak', for: '30m' },
            {
              type: 'window',
              zone: 'Europe/Berlin',
              allow: ['Mon-Sun 00:00-24:00'],
            },
          ],
        }),
        environment('prod', {
          tier: 'production',
          after: ['staging'],
          onFailure: 'rollback',
          gates: [
            { type: 'upstream' },
            { type: 'soak', for: '30m' },
            { type: 'evidence', scan: { critical: 0 } },
            {
              type: 'approvals',
              slots: [
                { name: 'owner', from: 'owner' },
                { name: 'platform', from: 'group:default/platform' },
              ],
            },
            {
              type: 'window',
              zone: 'Europe/Berlin',
              allow: ['Mon-Thu 09:00-16:00'],
            },
          ],
        }),
      ],
      audit: { key: 'only for measuring' },
    },
  }),
  { gates: builtInGates },
);

function environment(name: string, more: object) {
  return {
    name,
    cluster: 'local',
    namespace: `{service}-${name}`,
    account: `local-${name}`,
    verifyFor: '1s',
    ...more,
  };
}

/** Everybody is known at once: what the catalog takes is not ours. */
export const PEOPLE: People = {
  async membersOf(from) {
    return from === 'owner'
      ? ['user:default/anna', 'user:default/ben']
      : ['user:default/chidi', 'user:default/lee'];
  },
  async authorsOf() {
    return [];
  },
};

/** The name of a service by its place. */
export function nameOf(index: number): string {
  return `service-${String(index).padStart(4, '0')}`;
}

/** A service of a large shop. */
export function serviceOf(index: number): StoredService {
  const name = nameOf(index);
  return {
    entityRef: `component:default/${name}`,
    uid: `uid-${name}`,
    name,
    title: name,
    owner: 'group:default/team',
    annotations: { 'spinnaker.io/application-name': name },
    path: 'default',
  };
}

const VALUES = Buffer.from('replicaCount: 2\n');

/** The same file for everybody. */
export const CHARTS = { read: async () => VALUES };

/** A Release of a service; CI vouches for it. */
export function releaseOf(index: number, number: number): Release {
  const { entityRef, name } = serviceOf(index);
  const values = digestOf(new Uint8Array(VALUES));
  const commit = digestOf(`${name} ${number}`).slice(7, 47);
  return toRelease({
    record: {
      schema: 'delivery.release/v1',
      service: entityRef,
      number,
      chart: {
        name,
        version: `3.8.${number}`,
        digest: digestOf(`chart ${name} ${number}`),
        repository: 'http://charts.example',
      },
      values: {
        repository: `http://git.example/northwind/${name}-chart`,
        commit,
        files: { dev: values, staging: values, prod: values },
      },
      images: [imageOf(index, number)],
      change: {
        kind: 'source',
        commits: [
          { id: commit, title: `Change ${number}`, author: { name: 'mina' } },
        ],
      },
      build: { job: `${name}/chart`, number },
      builtAt: new Date(Date.now() - 3 * HOUR_MS).toISOString(),
    },
    evidence: {
      unitTests: { passed: 128, failed: 0, skipped: 2 },
      imageTest: { passed: 6, failed: 0, skipped: 0 },
      scan: { critical: 0, high: 1, medium: 3, low: 9 },
    },
  });
}

function imageOf(index: number, number: number) {
  const name = nameOf(index);
  return {
    name: `registry.example/${name}`,
    tag: `1.0.${number}`,
    digest: digestOf(`image ${name} ${number}`),
  };
}

/** A Release seen healthy in an Environment. */
export function observationOf(
  index: number,
  environmentName: string,
  number: number,
): Observation {
  const { entityRef, name } = serviceOf(index);
  return {
    service: entityRef,
    environment: environmentName,
    observedAt: new Date().toISOString(),
    health: 'healthy',
    workloads: [
      {
        kind: 'Deployment',
        name,
        ready: 2,
        desired: 2,
        images: [imageOf(index, number)],
        chart: `${name}-3.8.${number}`,
        health: 'healthy',
      },
    ],
  };
}
