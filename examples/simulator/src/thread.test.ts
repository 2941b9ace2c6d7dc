// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import catalogModuleScaffolder from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import { releaseRecordSchema } from 'backstage-plugin-delivery-common';
import deliveryModule from 'backstage-plugin-scaffolder-backend-module-delivery';
import request from 'supertest';
import { hasKustomize } from './__testUtils__/hasKustomize';
import { AdjustableClock } from './clock';
import { readSimulatorConfig } from './config';
import type { CommandInput } from './control/commandSchema';
import { serveFetch } from './http/serveFetch';
import { RunningSimulator, startSimulator } from './startSimulator';
import { until } from './testing/until';

const TEMPLATE = resolve(__dirname, '../../../templates/service/template.yaml');
const SECRET = 'secret-of-this-test';

jest.setTimeout(300_000);

/**
 * The whole way of a change through the simulated vendors, with the real template, the real
 * scaffolder and catalog, and the real build scripts. Only the portal's claim is stood in for.
 */
describe('from the template to the cluster', () => {
  let stop: AbortController;
  let directory: string;
  let simulator: RunningSimulator;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    stop = new AbortController();
    directory = await mkdtemp(join(tmpdir(), 'simulator-thread-'));
    const portal = await serveFetch({
      port: 0,
      signal: stop.signal,
      handle: async received =>
        Response.json({
          status: 'REFUSED',
          progress: 'No promotion asks for this',
          links: { status: received.url },
        }),
    });
    simulator = await startSimulator({
      config: readSimulatorConfig({
        dataDir: join(directory, 'data'),
        github: { port: 0, accounts: [{ login: 'portal', token: SECRET }] },
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
          accounts: ['dev', 'staging'].map(name => ({ name: `local-${name}` })),
          claim: { url: `${portal.url}/v1/claims`, token: SECRET },
        },
        kubernetes: { port: 0 },
        charts: {
          port: 0,
          credentials: { username: 'portal', password: SECRET },
        },
      }),
      clock: new AdjustableClock(),
      signal: stop.signal,
      log: () => {},
    });
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleScaffolder,
        scaffolderPlugin,
        githubModule,
        deliveryModule,
        mockServices.rootConfig.factory({ data: portalConfig() }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
    stop.abort();
    await simulator?.stopped;
    await rm(directory, { recursive: true, force: true });
  });

  function portalConfig() {
    const { github = '', jenkins, spinnaker } = simulator.urls;
    return {
      backend: {
        baseUrl: 'http://localhost:0',
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      catalog: {
        rules: [{ allow: ['Component', 'Resource'] }],
        locations: [
          { type: 'file', target: TEMPLATE, rules: [{ allow: ['Template'] }] },
        ],
      },
      integrations: {
        github: [
          {
            host: new URL(github).host,
            apiBaseUrl: `${github}/api/v3`,
            token: SECRET,
          },
        ],
      },
      delivery: {
        environments: [
          {
            name: 'dev',
            tier: 'development',
            namespace: '{service}-dev',
            account: 'local-dev',
            entry: 'automatic',
          },
          {
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
          kustomize: {
            account: 'git-charts',
            repository: `${github}/northwind/{service}-chart.git`,
          },
        },
      },
    };
  }

  const run = (command: CommandInput) => simulator.control.run(command);

  async function scaffold(values: object): Promise<void> {
    await until(async () => {
      const found = await request(backend.server).get(
        '/api/catalog/entities/by-name/template/default/service',
      );
      return found.status === 200;
    });
    const created = await request(backend.server)
      .post('/api/scaffolder/v2/tasks')
      .send({ templateRef: 'template:default/service', values });
    expect(created.body).toEqual({ id: expect.any(String) });
    const task = `/api/scaffolder/v2/tasks/${created.body.id}`;
    const ended = await until(async () => {
      const { body } = await request(backend.server).get(task);
      return body.status !== 'open' && body.status !== 'processing' && body;
    });
    const log = await request(backend.server).get(`${task}/events`);
    expect(`${ended.status}\n${JSON.stringify(log.body)}`).toMatch(
      /^completed\n/,
    );
  }

  /** The Release that the last build of the chart job archived. */
  async function lastRelease(service: string) {
    const response = await fetch(
      `${simulator.urls.jenkins}/job/${service}/job/chart/lastSuccessfulBuild/artifact/delivery-release.json`,
    );
    return response.ok
      ? releaseRecordSchema.parse(await response.json())
      : undefined;
  }

  /** Waits until a Release of at least that number runs, healthy, in an environment. */
  async function untilRunning(
    environment: string,
    number: number,
    service = 'orders',
  ) {
    return until(async () => {
      const release = await lastRelease(service);
      const { workloads } = await simulator.control.state();
      const workload = workloads.find(
        ({ namespace }) => namespace === `${service}-${environment}`,
      );
      return (
        release &&
        release.number >= number &&
        workload?.ready === workload?.desired &&
        workload?.images.some(image =>
          image.endsWith(release.images[0].digest),
        ) &&
        release
      );
    });
  }

  it('brings a new service, and each kind of change of it, to dev', async () => {
    await scaffold({
      name: 'orders',
      owner: 'group:default/team-orders',
      sourceHost: new URL(simulator.urls.github ?? '').host,
      organisation: 'northwind',
    });
    const registered = await request(backend.server).get(
      '/api/catalog/locations',
    );
    expect(JSON.stringify(registered.body)).toContain(
      'northwind/orders-chart/blob/main/catalog-info.yaml',
    );
    const first = await untilRunning('dev', 1);
    expect(first.change.kind).toBe('source');

    await run({ type: 'push-source', service: 'orders', message: 'More' });
    const second = await untilRunning('dev', first.number + 1);
    expect(second.change.kind).toBe('source');
    expect(second.images[0].digest).not.toBe(first.images[0].digest);

    await run({
      type: 'change-value',
      service: 'orders',
      environment: 'dev',
      key: 'replicas',
      value: 2,
    });
    const third = await untilRunning('dev', second.number + 1);
    expect(third.change.kind).toBe('configuration');
    expect(third.images[0].digest).toBe(second.images[0].digest);
    await until(async () => {
      const { workloads } = await simulator.control.state();
      return workloads.some(
        ({ namespace, ready }) => namespace === 'orders-dev' && ready === 2,
      );
    });

    const { jenkins } = await simulator.control.state();
    const [{ image }] = jenkins.baseImages;
    await run({ type: 'publish-base-image', image });
    await run({ type: 'trigger-cron', job: 'orders/image' });
    const fourth = await untilRunning('dev', third.number + 1);
    expect(fourth.change.kind).toBe('base-image');
    expect(fourth.images[0].digest).not.toBe(third.images[0].digest);
  });

  if (hasKustomize()) {
    it('brings a service that is rendered with Kustomize to dev', async () => {
      await scaffold({
        name: 'parcels',
        owner: 'group:default/team-orders',
        sourceHost: new URL(simulator.urls.github ?? '').host,
        organisation: 'northwind',
        renderer: 'kustomize',
        tiers: { development: { replicas: 2 } },
      });
      const first = await untilRunning('dev', 1, 'parcels');
      expect(first.chart).toMatchObject({ name: 'parcels', version: '0.1.2' });
      const { workloads } = await simulator.control.state();
      expect(
        workloads.filter(({ namespace }) => namespace === 'parcels-dev'),
      ).toMatchObject([{ desired: 2 }]);
    });
  }

  it('stops a Spinnaker pipeline that a person starts, but not one without its claim', async () => {
    const start = {
      type: 'start-pipeline',
      application: 'orders',
      pipeline: 'Deploy to staging',
    } as const;
    await run(start);
    const refused = await until(async () => {
      const { spinnaker } = await simulator.control.state();
      return spinnaker.executions.find(
        ({ name, status }) => name === start.pipeline && status === 'TERMINAL',
      );
    });
    expect(refused.stages.map(({ status }) => status)).toEqual([
      'TERMINAL',
      'NOT_STARTED',
      'NOT_STARTED',
    ]);
    const none = (await simulator.control.state()).workloads.filter(
      ({ namespace }) => namespace === 'orders-staging',
    );
    expect(none).toEqual([]);

    await run({ ...start, withoutClaim: true });
    await untilRunning('staging', 1);
  });
});
