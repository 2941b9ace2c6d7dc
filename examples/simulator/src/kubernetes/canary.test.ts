// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type DatabaseService,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import deliveryPlugin from 'backstage-plugin-delivery-backend';
import deliveryModuleKubernetes from 'backstage-plugin-delivery-backend-module-kubernetes';
import { z } from 'zod';
import { shippedRole, type RoleFile } from './__testUtils__/shippedRole';
import { helmRecord } from './__testUtils__/helmRecord';
import { startKubernetes } from './startKubernetes';

jest.setTimeout(60_000);

const ROLE: RoleFile = 'rbac.yaml';
const HELM_ROLE: RoleFile = 'rbac-helm-releases.yaml';
const CANARY = 'canary-that-must-stay-inside';
const SERVICE = '/services/component/default/shop';

/** Every answer that tells of a service, its place or the set-up. */
const ANSWERS = [
  '/v1/services',
  `/v1${SERVICE}`,
  `/v1${SERVICE}/releases`,
  `/v1${SERVICE}/history`,
  `/v1${SERVICE}/builds`,
  `/v1${SERVICE}/policy?environment=prod`,
  '/v1/health/component/default/shop',
  '/v1/promotions',
  '/v1/approvals',
  '/v1/metrics/dora',
  '/v1/doctor',
  '/v1/audit/verification',
  '/v1/audit/export',
  '/openapi.json',
];

/** A Deployment with the canary everywhere but where it is looked at. */
const DEPLOYMENT: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'shop',
    labels: { 'backstage.io/kubernetes-id': 'shop', note: CANARY },
    annotations: { note: CANARY },
  },
  spec: {
    replicas: 1,
    progressDeadlineSeconds: 1,
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: {
        labels: { app: 'shop', 'backstage.io/kubernetes-id': 'shop' },
        annotations: { note: CANARY },
      },
      spec: {
        volumes: [{ name: 'keys', secret: { secretName: 'keys' } }],
        containers: [
          {
            name: 'app',
            image: `registry.example.test/shop@sha256:${'a'.repeat(64)}`,
            args: [CANARY],
            env: [{ name: 'PASSWORD', value: CANARY }],
            envFrom: [{ secretRef: { name: 'keys' } }],
          },
        ],
      },
    },
  },
};

const SECRET: JsonObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'keys' },
  stringData: { password: CANARY },
  data: { password: Buffer.from(CANARY).toString('base64') },
};

/** Helm's record of the release, which holds the canary in values and manifest. */
const RECORD = helmRecord({
  name: 'shop',
  revision: 3,
  status: 'deployed',
  version: '1.2.3',
  hidden: CANARY,
});

const CONFIG_MAP: JsonObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  data: { greeting: CANARY },
};

/** Keeps every word that is logged, the debug level included. */
class HeardLogger implements RootLoggerService {
  readonly words: string[];

  constructor(words: string[]) {
    this.words = words;
  }

  #hear(...told: unknown[]) {
    this.words.push(
      told
        .map(one =>
          one instanceof Error ? `${one.stack}` : JSON.stringify(one) ?? '',
        )
        .join(' '),
    );
  }

  error(...told: unknown[]) {
    this.#hear(...told);
  }

  warn(...told: unknown[]) {
    this.#hear(...told);
  }

  info(...told: unknown[]) {
    this.#hear(...told);
  }

  debug(...told: unknown[]) {
    this.#hear(...told);
  }

  child(meta: JsonObject) {
    this.#hear(meta);
    return this;
  }
}

async function start(signal: AbortSignal, files: readonly RoleFile[]) {
  const cluster = await startKubernetes({
    port: 0,
    host: '127.0.0.1',
    clusterName: 'local',
    tokens: [
      {
        token: 'watcher',
        user: 'watcher',
        rules: files.flatMap(file => shippedRole(file).rules),
      },
      { token: 'admin', user: 'admin' },
    ],
    clock: { now: () => new Date() },
    signal,
    log: () => {},
    timing: { startAfterMs: 10, readyAfterMs: 20, crashAfterMs: 10 },
    bookmarkEveryMs: 100,
  });
  cluster.controls.ensureNamespace('shop-prod', {
    annotations: { note: CANARY },
  });
  for (const manifest of [SECRET, RECORD, CONFIG_MAP, DEPLOYMENT]) {
    const kind = z.string().parse(manifest.kind);
    const { name } = z.object({ name: z.string() }).parse(manifest.metadata);
    cluster.api.apply(
      { kind: cluster.kinds.get(kind), namespace: 'shop-prod', name },
      { manifest, fieldManager: 'test' },
    );
  }
  return cluster;
}

async function startPortal(url: string, helmReleases: string[]) {
  const words: string[] = [];
  const kept: { database?: DatabaseService } = {};
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      deliveryModuleKubernetes,
      createBackendModule({
        pluginId: 'delivery',
        moduleId: 'canary',
        register(reg) {
          reg.registerInit({
            deps: { database: coreServices.database },
            async init({ database }) {
              kept.database = database;
            },
          });
        },
      }),
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => new HeardLogger(words),
      }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'shop',
              namespace: 'default',
              uid: 'uid-shop',
              annotations: {
                'jenkins.io/job-full-name': 'shop',
                'spinnaker.io/application-name': 'shop',
                'backstage.io/kubernetes-id': 'shop',
              },
            },
            relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
          },
        ],
      }),
      mockServices.rootConfig.factory({
        data: {
          delivery: {
            environments: [
              {
                name: 'prod',
                tier: 'production',
                cluster: 'local',
                namespace: '{service}-prod',
                account: 'local-prod',
              },
            ],
            timing: { sweep: '1s', reconcile: '1s' },
            kubernetes: { helmReleases },
          },
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [
                  { name: 'local', url, serviceAccountToken: 'watcher' },
                ],
              },
            ],
          },
        },
      }),
    ],
  });
  const base = `http://localhost:${backend.server.port()}/api/delivery`;
  return {
    words,
    stop: () => backend.stop(),
    async ask(path: string) {
      const response = await fetch(`${base}${path}`, {
        headers: { authorization: `Bearer ${mockCredentials.user.token()}` },
      });
      return { status: response.status, text: await response.text() };
    },
    /** Every row of every table, as text. */
    async stored() {
      const knex = await kept.database?.getClient();
      if (!knex) {
        throw new Error('The database was not handed out');
      }
      const tables: { name: string }[] = await knex('sqlite_master')
        .where({ type: 'table' })
        .select('name');
      const rows = await Promise.all(
        tables.map(async ({ name }) => [name, await knex(name).select()]),
      );
      return JSON.stringify(rows);
    },
  };
}

type Portal = Awaited<ReturnType<typeof startPortal>>;

async function until(portal: Portal, is: (text: string) => boolean) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { text } = await portal.ask(`/v1${SERVICE}`);
    if (is(text)) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`Not so in time: ${text}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
}

async function tellsNothing(portal: Portal, hidden: readonly string[]) {
  for (const path of ANSWERS) {
    const { status, text } = await portal.ask(path);
    expect({ path, status }).toEqual({ path, status: 200 });
    for (const secret of hidden) {
      expect({ path, tells: text.includes(secret) }).toEqual({
        path,
        tells: false,
      });
    }
  }
  const stored = await portal.stored();
  expect(stored).toContain('registry.example.test/shop');
  const logged = portal.words.join('\n');
  expect(logged).toContain('Cluster local is live');
  for (const secret of hidden) {
    expect(stored).not.toContain(secret);
    expect(logged).not.toContain(secret);
  }
}

describe('what pods, secrets and annotations hold', () => {
  it.each([
    { kind: 'as it comes', files: [ROLE], helmReleases: [], reads: false },
    {
      kind: 'with what Helm recorded',
      files: [ROLE, HELM_ROLE],
      helmReleases: ['local'],
      reads: true,
    },
  ])(
    'never reaches answers, logs or the database, in good times and in bad, $kind',
    async ({ files, helmReleases, reads }) => {
      const stop = new AbortController();
      const cluster = await start(stop.signal, files);
      const portal = await startPortal(cluster.url, helmReleases);
      const { release } = Object(RECORD.data);
      const hidden = [CANARY, Buffer.from(CANARY).toString('base64'), release];
      try {
        await until(portal, text => text.includes('"health":"healthy"'));
        const pods = await fetch(
          `${cluster.url}/api/v1/namespaces/shop-prod/pods`,
          { headers: { authorization: 'Bearer watcher' } },
        );
        // the watcher is sent it, with every Pod
        await expect(pods.text()).resolves.toContain(CANARY);
        await tellsNothing(portal, hidden);

        cluster.controls.failNextRollout(
          { namespace: 'shop-prod', name: 'shop' },
          { kind: 'image-pull' },
        );
        cluster.api.apply(
          {
            kind: cluster.kinds.get('Deployment'),
            namespace: 'shop-prod',
            name: 'shop',
          },
          {
            manifest: JSON.parse(
              JSON.stringify(DEPLOYMENT).replace(
                'a'.repeat(64),
                'b'.repeat(64),
              ),
            ),
            fieldManager: 'test',
          },
        );
        await until(portal, text => text.includes('"health":"unhealthy"'));
        await tellsNothing(portal, hidden);
        const asked = cluster.controls.requests.map(({ resource }) => resource);
        expect(asked).toContain('pods');
        expect(asked.includes('secrets')).toBe(reads);
        await until(
          portal,
          text => text.includes('"revision":3,"status":"deployed"') === reads,
        );
        expect(asked).not.toContain('configmaps');
      } finally {
        await portal.stop();
        stop.abort();
        await cluster.stopped;
      }
    },
  );
});
