// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { clusterOf, ENVIRONMENTS, pathCount } from '../world/World';
import type { BackendSettings } from './settings';

/** The configuration of a portal with both plugins and the clusters of the world. */
export function backendConfig(settings: BackendSettings): JsonObject {
  const { folder, peer, port, ports, size } = settings;
  const lean = peer === 'lean';
  const paths = Array.from({ length: pathCount(size) }, (_, path) => [
    `path-${path}`,
    { environments: environmentsOf(settings, path) },
  ]);
  return {
    app: { title: 'Benchmark', baseUrl: 'http://localhost:3000' },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'better-sqlite3',
        connection: { directory: folder },
      },
    },
    events: { useEventBus: 'never' },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      ...(lean ? { objectTypes: ['pods', 'deployments'] } : {}),
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: ports.map((at, index) => ({
            name: `cluster-${index}`,
            url: `http://127.0.0.1:${at}`,
            authProvider: 'serviceAccount',
            serviceAccountToken: 'benchmark',
            ...(lean ? { skipMetricsLookup: true } : {}),
          })),
        },
      ],
    },
    delivery: {
      environments: environmentsOf(settings, 0),
      paths: Object.fromEntries(paths),
    },
  };
}

function environmentsOf({ size }: BackendSettings, path: number): JsonObject[] {
  const gates: { [environment: string]: JsonObject[] } = {
    dev: [],
    staging: [
      { type: 'upstream' },
      { type: 'approvals', slots: [{ name: 'owner', from: 'owner' }] },
    ],
    prod: [
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
    ],
  };
  return ENVIRONMENTS.map(({ name, tier }, index) => ({
    name,
    tier,
    ...(index === 0 ? {} : { after: [ENVIRONMENTS[index - 1].name] }),
    cluster: `cluster-${clusterOf(size, path, name)}`,
    namespace: `{service}-${name}`,
    account: `account-${name}`,
    gates: gates[name],
  }));
}
