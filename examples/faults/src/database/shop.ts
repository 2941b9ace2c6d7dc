// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib';
import { ConfigReader } from '@backstage/config';
import type { JsonArray, JsonObject } from '@backstage/types';
import {
  builtInGates,
  readDeliveryConfig,
  type DeliveryConfig,
  type People,
  type StoredService,
} from 'backstage-plugin-delivery-backend/testUtils';
import { digestOf } from 'backstage-plugin-delivery-node';
import type { ReleaseRecord } from 'backstage-plugin-delivery-common';

/** The Service that everything happens to. */
export const ORDERS: StoredService = {
  entityRef: 'component:default/orders',
  uid: 'uid-orders',
  name: 'orders',
  title: 'orders',
  owner: 'group:default/team-orders',
  annotations: { 'spinnaker.io/application-name': 'orders' },
  path: 'default',
};

/** The key of the seal, which is not in the database. */
export const SEAL_KEY = 'a key that only the tests know';

/** The time at which every run begins. */
export const BEGIN = Date.parse('2026-11-16T09:00:00Z');

const GATES = [
  { type: 'upstream' },
  { type: 'approvals', slots: [{ name: 'owner', from: 'owner' }] },
];

/** dev is entered by itself, staging behind gates. */
export function configWith(gates: JsonArray): DeliveryConfig {
  return readDeliveryConfig(new ConfigReader({ delivery: written(gates) }), {
    gates: builtInGates,
  });
}

/** dev is entered by itself, staging behind an approval. */
export const CONFIG: DeliveryConfig = configWith(GATES);

function written(gates: JsonArray): JsonObject {
  return {
    environments: [
      {
        name: 'dev',
        tier: 'development',
        cluster: 'local',
        namespace: '{service}-dev',
        account: 'local-dev',
        entry: 'automatic',
        verifyFor: '5s',
      },
      {
        name: 'staging',
        tier: 'staging',
        after: ['dev'],
        cluster: 'local',
        namespace: '{service}-staging',
        account: 'local-staging',
        verifyFor: '5s',
        onFailure: 'rollback',
        onNewer: 'queue',
        gates,
      },
    ],
    timing: { adoptionGrace: '20s' },
    audit: { key: SEAL_KEY },
  };
}

/** anna and ben own the Service; nobody wrote its commits. */
export const PEOPLE: People = {
  async membersOf(from) {
    return from === 'owner'
      ? ['user:default/anna', 'user:default/ben']
      : undefined;
  },
  async authorsOf() {
    return [];
  },
};

/** The image that a Release of the Service brings. */
export function imageOf(release: number): {
  name: string;
  digest: `sha256:${string}`;
} {
  return {
    name: 'registry.example/orders',
    digest: `sha256:${String(release % 10).repeat(64)}`,
  };
}

/** The values of a Release, the same in each Environment. */
export function valuesOf(release: number): Buffer {
  const { digest, name } = imageOf(release);
  return Buffer.from(
    `replicaCount: 2\nimage:\n  repository: ${name}\n  digest: ${digest}\n`,
  );
}

/** The package of a Release's chart; of the chart the version is all that matters. */
export function chartOf(release: number): Buffer {
  return gzipSync(`3.8.${release}`);
}

/** The record of a Release as the chart job archives it. */
export function recordOf(release: number): ReleaseRecord {
  const values = digestOf(new Uint8Array(valuesOf(release)));
  const { digest, name } = imageOf(release);
  return {
    schema: 'delivery.release/v1',
    service: ORDERS.entityRef,
    number: release,
    chart: {
      name: 'orders',
      version: `3.8.${release}`,
      digest: digestOf(new Uint8Array(chartOf(release))),
      repository: 'http://charts.example',
    },
    values: {
      repository: 'http://git.example/northwind/orders-chart',
      commit: release.toString(16).padStart(40, '0'),
      files: { dev: values, staging: values },
    },
    images: [{ name, tag: `1.0.${release}`, digest }],
    change: {
      kind: 'source',
      commits: [
        {
          id: release.toString(16).padStart(40, 'a'),
          title: `Change ${release}`,
          author: { name: 'mina' },
        },
      ],
    },
    build: { job: 'orders/chart', number: release },
    builtAt: new Date(BEGIN - 3_600_000).toISOString(),
  };
}
