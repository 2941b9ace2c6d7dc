// SPDX-License-Identifier: Apache-2.0
import {
  createBackendModule,
  type BackendFeature,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import {
  DeliveryClient,
  type Observation,
  type ReleaseRecord,
} from 'backstage-plugin-delivery-common';
import {
  deliveryBuildSourceExtensionPoint,
  deliveryClockExtensionPoint,
  deliveryEngineExtensionPoint,
  deliveryObserverExtensionPoint,
} from 'backstage-plugin-delivery-node';
import {
  FakeBuildSource,
  FakeCdEngine,
  FakeClock,
  FakeEnvironmentObserver,
} from 'backstage-plugin-delivery-node/testUtils';
import type { Knex } from 'knex';
import { deliveryPlugin } from '../plugin';
import { digestLike } from './digestLike';

/** What a test lets a person do; everything when it is left out. */
export type Policy = (question: {
  permission: Permission;
  resourceRef?: string;
  user: string;
}) => boolean;

const component = (
  name: string,
  annotations: Record<string, string>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', uid: `uid-${name}`, annotations },
  spec: { system: 'shop' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/team-orders' },
    { type: 'dependsOn', targetRef: `resource:default/${name}-chart` },
  ],
});

const group = (name: string, members: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  relations: members.map(member => ({
    type: 'hasMember',
    targetRef: `user:default/${member}`,
  })),
});

/** The catalog of the demo: one wired service, one that is not, two teams. */
export const ENTITIES: Entity[] = [
  component('orders', {
    'jenkins.io/job-full-name': 'orders',
    'spinnaker.io/application-name': 'orders',
    'backstage.io/kubernetes-id': 'orders',
  }),
  component('website', {}),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'orders-chart',
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location':
          'url:https://github.com/northwind/orders-chart/tree/main/catalog-info.yaml',
      },
    },
    spec: { type: 'helm-chart' },
    relations: [
      { type: 'dependencyOf', targetRef: 'component:default/orders' },
    ],
  },
  group('team-orders', ['anna', 'ben']),
  group('platform', ['chidi', 'lee']),
];

const environment = (name: string, more: JsonObject): JsonObject => ({
  name,
  cluster: 'local',
  namespace: `{service}-${name}`,
  account: `local-${name}`,
  verifyFor: '5s',
  ...more,
});

const DELIVERY: JsonObject = {
  environments: [
    environment('dev', { tier: 'development', entry: 'automatic' }),
    environment('staging', {
      tier: 'staging',
      after: ['dev'],
      gates: [
        { type: 'upstream' },
        { type: 'approvals', slots: [{ name: 'owner', from: 'owner' }] },
      ],
    }),
    environment('prod', {
      tier: 'production',
      after: ['staging'],
      onFailure: 'rollback',
      gates: [
        { type: 'upstream' },
        { type: 'soak', for: '30m' },
        {
          type: 'approvals',
          slots: [
            { name: 'owner', from: 'owner' },
            { name: 'platform', from: 'group:default/platform' },
          ],
        },
      ],
    }),
  ],
  timing: { sweep: '1s', reconcile: '1s' },
};

function permissionsOf(policy: Policy) {
  const userOf = (credentials: BackstageCredentials) =>
    JSON.stringify(credentials.principal);
  return mockServices.permissions.mock({
    authorize: async (requests, { credentials }) =>
      requests.map(request => ({
        result: policy({
          permission: request.permission,
          resourceRef:
            'resourceRef' in request ? request.resourceRef : undefined,
          user: userOf(credentials),
        })
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      })),
    authorizeConditional: async (requests, { credentials }) =>
      requests.map(request => ({
        result: policy({
          permission: request.permission,
          user: userOf(credentials),
        })
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      })),
  });
}

/** The whole plugin behind HTTP, with the ports played by their fakes. */
export async function startPlugin(
  options: {
    policy?: Policy;
    delivery?: JsonObject;
    entities?: Entity[];
    data?: JsonObject;
    /** The database; one in memory when left out. */
    knex?: Knex;
    /** What the backend is made of besides. */
    features?: BackendFeature[];
  } = {},
) {
  const clock = new FakeClock();
  const engine = new FakeCdEngine({ clock });
  const builds = new FakeBuildSource();
  const observer = new FakeEnvironmentObserver();
  const files = new Map<string, string>();
  const urlReader = mockServices.urlReader.mock({
    readUrl: async url => ({
      buffer: async () => Buffer.from(files.get(url) ?? 'replicaCount: 2\n'),
    }),
  });
  const auditor = mockServices.auditor.mock();
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(auditEvent);
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      createBackendModule({
        pluginId: 'delivery',
        moduleId: 'fakes',
        register(reg) {
          reg.registerInit({
            deps: {
              sources: deliveryBuildSourceExtensionPoint,
              clocks: deliveryClockExtensionPoint,
              engines: deliveryEngineExtensionPoint,
              observers: deliveryObserverExtensionPoint,
            },
            async init({ sources, clocks, engines, observers }) {
              sources.addBuildSource(builds);
              clocks.setClock(clock);
              engines.addEngine(engine);
              observers.addObserver(observer);
            },
          });
        },
      }),
      catalogServiceMock.factory({ entities: options.entities ?? ENTITIES }),
      mockServices.rootConfig.factory({
        data: { delivery: options.delivery ?? DELIVERY, ...options.data },
      }),
      ...(options.knex
        ? [mockServices.database.factory({ knex: options.knex })]
        : []),
      permissionsOf(options.policy ?? (() => true)).factory,
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      auditor.factory,
      urlReader.factory,
      ...(options.features ?? []),
    ],
  });
  const root = `http://localhost:${backend.server.port()}`;
  const base = `${root}/api/delivery`;
  const api = new DeliveryClient({
    discoveryApi: { getBaseUrl: async () => base },
  });
  const as = (name: string) => ({
    token: mockCredentials.user.token(`user:default/${name}`),
  });
  const plugin = {
    api,
    as,
    auditor,
    auditEvent,
    base,
    builds,
    clock,
    engine,
    /** What the chart repository holds, by address, where it is not the usual. */
    files,
    observer,
    root,
    urlReader,
    /** Asks again until the answer is as expected, or gives up after a while. */
    async until<T>(ask: () => Promise<T>, is: (answer: T) => boolean) {
      for (let tries = 0; tries < 200; tries += 1) {
        const answer = await ask();
        if (is(answer)) {
          return answer;
        }
        await new Promise(resolve => setTimeout(resolve, 50));
      }
      throw new Error(`Not so in time: ${JSON.stringify(await ask())}`);
    },
    /** A chart job ended well. */
    build(record: ReleaseRecord) {
      const before = builds.answers.get(record.service);
      builds.answers.set(record.service, {
        state: 'bound',
        problems: [],
        releases: [
          ...(before?.state === 'bound' ? before.releases : []),
          { record, evidence: {} },
        ],
      });
    },
    /** Something is seen running. */
    show(
      where: string,
      what: { digit: string; chart: number; health?: Observation['health'] },
    ) {
      const health = what.health ?? 'healthy';
      observer.show({
        service: 'component:default/orders',
        environment: where,
        observedAt: clock.now().toISOString(),
        health,
        workloads: [
          {
            kind: 'Deployment',
            name: 'orders',
            ready: 2,
            desired: 2,
            images: [
              {
                name: 'registry.example/orders',
                digest: digestLike(what.digit),
              },
            ],
            chart: `orders-3.8.${what.chart}`,
            health,
          },
        ],
      });
    },
    /** A request as no client of ours makes it. */
    fetch(
      path: string,
      init: {
        method?: string;
        token?: string;
        body?: string;
        headers?: Record<string, string>;
      } = {},
    ) {
      return fetch(`${base}${path}`, {
        method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
        body: init.body,
        headers: {
          ...(init.body === undefined
            ? {}
            : { 'Content-Type': 'application/json' }),
          ...(init.token ? { Authorization: `Bearer ${init.token}` } : {}),
          ...init.headers,
        },
      });
    },
    async stop() {
      await backend.stop();
    },
  };
  await plugin.until(
    async () => observer.watching,
    watching => watching,
  );
  observer.tell({
    source: 'kubernetes',
    id: 'local',
    state: 'live',
    seenAt: clock.now().toISOString(),
  });
  return plugin;
}
