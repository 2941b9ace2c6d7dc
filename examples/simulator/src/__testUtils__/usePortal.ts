// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import catalogModuleScaffolder from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import type { JsonObject } from '@backstage/types';
import deliveryModule from 'backstage-plugin-scaffolder-backend-module-delivery';
import request from 'supertest';
import { AdjustableClock } from '../clock';
import { readSimulatorConfig, VENDORS } from '../config';
import { serveFetch } from '../http/serveFetch';
import { startSimulator, type RunningSimulator } from '../startSimulator';
import { until } from '../testing/until';
import { leadBuilds } from './leadBuilds';
import { integrationsOf, SECRET, simulatedHosts } from './sourceHostSettings';

const TEMPLATES = resolve(__dirname, '../../../../templates');

/** What a portal does besides creating services. */
export interface TestPortalOptions {
  /** Starts what Spinnaker deploys into, in place of the simulated cluster. */
  startCluster?(): Promise<{ url: string; token: string }>;
  /** Lets it deliver them, too. */
  delivers?: {
    /** Delivery and its modules. */
    features: BackendFeature[];
    /** What the configuration says of staging besides. */
    staging: JsonObject;
    /** What it says of Spinnaker besides. */
    spinnaker: JsonObject;
  };
}

/** How a task of the scaffolder ended. */
export interface EndedTask {
  status: string;
  output: {
    links: { title: string; url?: string }[];
    text: { title: string; content: string }[];
  };
  /** Its events, as JSON. */
  log: string;
}

/** A portal with its templates, and the simulated vendors that it is configured for. */
export interface TestPortal {
  simulator: RunningSimulator;
  /** Where the portal's backend is. */
  url: string;
  /** Gets something from the portal's backend. */
  get(path: string): request.Test;
  /** Runs one of the templates to its end. */
  run(template: string, values: object): Promise<EndedTask>;
}

/**
 * Starts the real scaffolder and catalog with the real templates, against the simulated
 * vendors. Delivery is only there when it is asked for; its claim is stood in for otherwise.
 * They end with the tests.
 */
export function usePortal({
  delivers,
  startCluster,
}: TestPortalOptions = {}): () => TestPortal {
  const stop = new AbortController();
  let directory = '';
  let portal: TestPortal | undefined;
  let end = async () => {};

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-portal-'));
    const claims = await startClaims(stop.signal);
    const simulator = await simulate({
      directory,
      claims: claims.url,
      cluster: await startCluster?.(),
      signal: stop.signal,
    });
    end = () => simulator.stopped;
    leadBuilds(
      join(directory, 'data', 'jenkins'),
      simulator.urls.bitbucketCloud ?? '',
    );
    const backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleScaffolder,
        scaffolderPlugin,
        deliveryModule,
        ...(delivers?.features ?? []),
        mockServices.rootConfig.factory({
          data: portalConfig(simulator, delivers),
        }),
      ],
    });
    const url = `http://localhost:${backend.server.port()}`;
    claims.portal = delivers && url;
    end = async () => {
      await backend.stop();
      stop.abort();
      await simulator.stopped;
    };
    const get = (path: string) => request(backend.server).get(path);
    portal = {
      simulator,
      url,
      get,
      run: async (template, values) => {
        const name = `/api/catalog/entities/by-name/template/default/${template}`;
        await until(async () => (await get(name)).status === 200);
        const created = await request(backend.server)
          .post('/api/scaffolder/v2/tasks')
          .send({ templateRef: `template:default/${template}`, values });
        if (created.status !== 201) {
          throw new Error(JSON.stringify(created.body));
        }
        const task = `/api/scaffolder/v2/tasks/${created.body.id}`;
        const { status } = await until(async () => {
          const { body } = await get(task);
          return body.status !== 'open' && body.status !== 'processing' && body;
        });
        const { body } = await get(`${task}/events`);
        return {
          status,
          output: body.at(-1).body.output,
          log: JSON.stringify(body),
        };
      },
    };
  });

  afterAll(async () => {
    await end();
    stop.abort();
    await rm(directory, { recursive: true, force: true });
  });

  return () => {
    if (!portal) {
      throw new Error('There is a portal within a test only');
    }
    return portal;
  };
}

/** Where Spinnaker's first step asks: the portal, once it is there and delivers. */
async function startClaims(
  signal: AbortSignal,
): Promise<{ url: string; portal?: string }> {
  const claims: { url: string; portal?: string } = { url: '' };
  const { url } = await serveFetch({
    port: 0,
    signal,
    handle: async received =>
      claims.portal
        ? fetch(`${claims.portal}/api/delivery/v1/claims`, {
            method: received.method,
            headers: {
              authorization: received.headers.get('authorization') ?? '',
              'content-type': 'application/json',
            },
            body: await received.text(),
          })
        : Response.json({
            status: 'REFUSED',
            progress: 'No promotion asks for this',
            links: { status: received.url },
          }),
  });
  claims.url = `${url}/v1/claims`;
  return claims;
}

async function simulate(options: {
  directory: string;
  claims: string;
  cluster?: { url: string; token: string };
  signal: AbortSignal;
}): Promise<RunningSimulator> {
  const { directory, claims, cluster, signal } = options;
  return startSimulator({
    config: readSimulatorConfig({
      dataDir: join(directory, 'data'),
      vendors: [...VENDORS],
      ...simulatedHosts(),
      jenkins: {
        port: 0,
        users: [{ name: 'portal', apiToken: SECRET }],
        environment: { IMAGE_REGISTRY: 'registry.test' },
        credentials: [
          'git-push',
          'image-registry',
          'chart-repository',
          'spinnaker-webhook',
        ].map(id => ({ id, username: 'portal', password: SECRET })),
      },
      spinnaker: {
        port: 0,
        token: SECRET,
        accounts: ['dev', 'staging'].map(name => ({
          name: `local-${name}`,
          ...cluster,
        })),
        claim: { url: claims, token: mockCredentials.service.token() },
      },
      kubernetes: { port: 0, tokens: [{ user: 'portal', token: SECRET }] },
      charts: {
        port: 0,
        credentials: { username: 'portal', password: SECRET },
      },
    }),
    clock: new AdjustableClock(),
    signal,
    log: () => {},
  });
}

function portalConfig(
  simulator: RunningSimulator,
  delivers: TestPortalOptions['delivers'],
) {
  const { github, jenkins, spinnaker, kubernetes } = simulator.urls;
  const watched = delivers ? { cluster: 'local', verifyFor: '1s' } : {};
  return {
    backend: {
      baseUrl: 'http://localhost:0',
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    catalog: {
      processingInterval: { seconds: 1 },
      rules: [{ allow: ['Component', 'Resource'] }],
      locations: ['service', 'adopt'].map(name => ({
        type: 'file',
        target: join(TEMPLATES, name, 'template.yaml'),
        rules: [{ allow: ['Template'] }],
      })),
    },
    integrations: integrationsOf(simulator),
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            { name: 'local', url: kubernetes, serviceAccountToken: SECRET },
          ],
        },
      ],
    },
    delivery: {
      ...(delivers ? { timing: { sweep: '1s' } } : {}),
      environments: [
        {
          ...watched,
          name: 'dev',
          tier: 'development',
          namespace: '{service}-dev',
          account: 'local-dev',
          entry: 'automatic',
        },
        {
          ...watched,
          ...delivers?.staging,
          name: 'staging',
          tier: 'staging',
          after: ['dev'],
          namespace: '{service}-staging',
          account: 'local-staging',
          gates: [{ type: 'upstream' }],
        },
      ],
      jenkins: {
        instances: [
          {
            name: 'default',
            baseUrl: jenkins,
            username: 'portal',
            apiToken: SECRET,
          },
        ],
      },
      spinnaker: {
        baseUrl: spinnaker,
        token: SECRET,
        ...delivers?.spinnaker,
        kustomize: {
          account: 'git-charts',
          repository: `${github}/northwind/{service}-chart.git`,
        },
      },
    },
  };
}
