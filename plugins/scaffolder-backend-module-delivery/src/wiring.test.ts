// SPDX-License-Identifier: Apache-2.0
import {
  createMockDirectory,
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  EnvironmentDelivery,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import {
  SpinnakerClient,
  type SpinnakerPipeline,
} from 'backstage-plugin-spinnaker-client';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { runAction } from './__testUtils__/runAction';
import { DELIVERY_CONFIG } from './__testUtils__/scaffoldService';
import { useFakeVendors } from './__testUtils__/useFakeVendors';
import { createJenkinsApplyAction } from './actions/createJenkinsApplyAction';
import { createServiceRestoreAction } from './actions/createServiceRestoreAction';
import { serviceRestoreExamples } from './actions/createServiceRestoreAction.examples';
import { createServiceVerifyAction } from './actions/createServiceVerifyAction';
import { serviceVerifyExamples } from './actions/createServiceVerifyAction.examples';
import { createSpinnakerApplyAction } from './actions/createSpinnakerApplyAction';
import { createWiringWriteAction } from './actions/createWiringWriteAction';
import { wiringWriteExamples } from './actions/createWiringWriteAction.examples';

const ENTITY_REF = 'component:default/orders';
const CHART_REF = 'resource:default/orders-chart';

const ORDERS: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: {
      'jenkins.io/job-full-name': 'orders',
      'spinnaker.io/application-name': 'orders',
      'backstage.io/source-location':
        'url:https://git.test/northwind/orders/tree/main/',
    },
  },
  relations: [{ type: 'dependsOn', targetRef: CHART_REF }],
};
const CHART: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'orders-chart',
    annotations: {
      'backstage.io/source-location':
        'url:https://git.test/northwind/orders-chart/tree/main/',
    },
  },
  spec: { type: 'helm-chart' },
};

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const RELEASE = {
  schema: 'delivery.release/v1',
  service: ENTITY_REF,
  number: 2,
  chart: {
    name: 'orders',
    version: '0.1.2',
    digest: digest('a'),
    repository: 'http://charts.test',
  },
  values: {
    repository: 'https://git.test/northwind/orders-chart.git',
    commit: 'c'.repeat(40),
    files: { dev: digest('b') },
  },
  images: [
    { name: 'registry.test/northwind/orders', tag: '1', digest: digest('d') },
  ],
  change: { kind: 'source', commits: [] },
  build: { job: 'orders/chart', number: 1 },
  builtAt: '2026-11-21T08:00:00Z',
};

describe('the wiring of a service', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const vendors = useFakeVendors(server);
  const directory = createMockDirectory();
  const config = new ConfigReader({
    backend: { reading: { allow: [{ host: 'registry.test' }] } },
    integrations: {
      github: [{ host: 'git.test', apiBaseUrl: 'https://git.test/api/v3' }],
    },
    delivery: DELIVERY_CONFIG,
  });
  const gate = SpinnakerClient.create({
    baseUrl: 'http://gate.test',
    token: 'gate-secret',
  });

  const writeAction = createWiringWriteAction({ config });
  const restoreAction = (entities: Entity[]) =>
    createServiceRestoreAction({
      config,
      catalog: catalogServiceMock({ entities }),
      reader: mockServices.urlReader.mock({
        readUrl: async url => {
          const [, path] =
            /^https:\/\/git\.test\/northwind\/orders-chart\/blob\/main\/(.+)$/.exec(
              url,
            ) ?? [];
          if (!path || !existsSync(directory.resolve(path))) {
            throw new NotFoundError(`There is no ${url}`);
          }
          return {
            buffer: async () => readFileSync(directory.resolve(path)),
          };
        },
      }),
    });
  const verifyAction = createServiceVerifyAction({
    config,
    discovery: mockServices.discovery.mock({
      getBaseUrl: async () => 'http://portal.test/api/delivery',
    }),
    auth: mockServices.auth(),
    lookEveryMs: 5,
  });
  const restore = (options: { entities?: Entity[]; dryRun?: boolean } = {}) =>
    runAction(
      restoreAction(options.entities ?? [ORDERS, CHART]),
      { entityRef: ENTITY_REF },
      { dryRun: options.dryRun },
    );
  const apply = async () => {
    await runAction(createSpinnakerApplyAction({ config }), {
      application: 'orders',
    });
    await runAction(createJenkinsApplyAction({ config }), {
      folder: 'orders',
      artifactGitUrl: 'https://git.test/northwind/orders.git',
      chartGitUrl: 'https://git.test/northwind/orders-chart.git',
      baseImageSchedule: 'H 5 * * 1',
    });
    await vendors().jenkins.idle();
  };
  const write = () =>
    runAction(
      writeAction,
      { service: 'orders', baseImageSchedule: 'H 5 * * 1' },
      { workspace: directory.path },
    );
  beforeEach(() => directory.clear());

  it('is kept in files that Spinnaker takes as they are', async () => {
    const { output } = await write();
    expect(output.files).toEqual([
      'wiring/spinnaker/application.json',
      'wiring/spinnaker/deploy-to-dev.json',
      'wiring/spinnaker/deploy-to-staging.json',
      'wiring/spinnaker/deploy-to-prod.json',
      'wiring/jenkins.json',
    ]);
    await apply();
    const kept: SpinnakerPipeline = JSON.parse(
      readFileSync(
        directory.resolve('wiring/spinnaker/deploy-to-prod.json'),
        'utf8',
      ),
    );
    const [saved] = (await gate.getPipelines('orders')).filter(
      ({ name }) => name === 'Deploy to prod',
    );
    expect(saved).toMatchObject(kept);
  });

  it('is made again from the chart repository', async () => {
    await write();
    const { output } = await restore();
    await vendors().jenkins.idle();
    expect(output).toMatchObject({
      folderUrl: 'http://jenkins.test/job/orders/',
      differences: [],
    });
    expect(await gate.getApplication('orders')).toMatchObject({
      entityRef: ENTITY_REF,
    });
    expect(await gate.getPipelines('orders')).toHaveLength(3);
    expect(vendors().jenkins.itemNames().sort()).toEqual([
      'orders',
      'orders/chart',
      'orders/image',
    ]);
    const before = [vendors().gate.export(), vendors().jenkins.exportState()];
    await apply();
    expect([vendors().gate.export(), vendors().jenkins.exportState()]).toEqual(
      before,
    );
  });

  it('is made again for a service that is rendered with Kustomize', async () => {
    await runAction(
      writeAction,
      { service: 'orders', renderer: 'kustomize' },
      { workspace: directory.path },
    );
    const annotations = {
      ...ORDERS.metadata.annotations,
      'delivery/renderer': 'kustomize',
    };
    const { output } = await restore({
      entities: [
        { ...ORDERS, metadata: { ...ORDERS.metadata, annotations } },
        CHART,
      ],
    });
    expect(output.differences).toEqual([]);
    const [dev] = await gate.getPipelines('orders');
    expect(dev.stages[0]).toMatchObject({
      templateRenderer: 'KUSTOMIZE',
      kustomizeFilePath: 'overlays/dev',
      inputArtifact: {
        artifact: {
          reference: 'https://git.test/northwind/orders-chart.git',
        },
      },
    });
    // without the annotation the portal would render a chart
    const { output: charted } = await restore();
    expect(charted.differences).toHaveLength(3);
  });

  it('is made again for a service whose chart travels with each start', async () => {
    await runAction(
      writeAction,
      { service: 'orders', handOver: 'embedded' },
      { workspace: directory.path },
    );
    const annotations = {
      ...ORDERS.metadata.annotations,
      'delivery/chart-hand-over': 'embedded',
    };
    const { output } = await restore({
      entities: [
        { ...ORDERS, metadata: { ...ORDERS.metadata, annotations } },
        CHART,
      ],
    });
    expect(output.differences).toEqual([]);
    const [dev] = await gate.getPipelines('orders');
    expect(dev.stages[0]).toMatchObject({
      inputArtifacts: [
        { artifact: { reference: '${parameters.chartBase64}' } },
        { artifact: { reference: '${parameters.valuesBase64}' } },
      ],
    });
    // without the annotation the portal would read the chart from a repository
    const { output: read } = await restore();
    expect(read.differences).toHaveLength(3);
  });

  it('applies nothing that the portal would not write itself, and says where the repository differs', async () => {
    await write();
    const path = directory.resolve('wiring/spinnaker/deploy-to-prod.json');
    const pipeline = JSON.parse(readFileSync(path, 'utf8'));
    directory.addContent({
      'wiring/spinnaker/deploy-to-prod.json': JSON.stringify({
        ...pipeline,
        stages: pipeline.stages.slice(1),
      }),
    });
    const { output } = await restore();
    expect(output.differences).toEqual([
      expect.stringMatching(
        /^wiring\/spinnaker\/deploy-to-prod\.json: .*'Claim admission' was taken out/,
      ),
    ]);
    const saved = await gate.getPipelines('orders');
    expect(
      saved
        .find(({ name }) => name === 'Deploy to prod')
        ?.stages.map(({ type }) => type),
    ).toEqual(['deliveryClaim', 'bakeManifest', 'deployManifest']);
  });

  it('says in a dry run what it would make again', async () => {
    await write();
    const { said } = await restore({ dryRun: true });
    expect(said).toContain(
      "The job 'orders/image' would be created in Jenkins at jenkins.test",
    );
    expect(vendors().jenkins.itemNames()).toEqual([]);
  });

  it.each([
    { what: 'the entity is not there', entities: [], says: /no Component/ },
    {
      what: 'it depends on no chart repository',
      entities: [ORDERS],
      says: /exactly one Resource of the type helm-chart, not on 0/,
    },
    {
      what: 'it names another application than folder',
      entities: [
        {
          ...ORDERS,
          metadata: {
            ...ORDERS.metadata,
            annotations: {
              ...ORDERS.metadata.annotations,
              'spinnaker.io/application-name': 'payments',
            },
          },
        },
        CHART,
      ],
      says: /must name the same Jenkins folder and Spinnaker application/,
    },
    {
      what: 'the chart repository has no wiring',
      entities: [ORDERS, CHART],
      says: /has no wiring\/jenkins.json/,
    },
  ])('is not made again when $what', async ({ entities, says }) => {
    await expect(restore({ entities })).rejects.toThrow(says);
    expect(vendors().jenkins.itemNames()).toEqual([]);
  });

  const verify = (input = {}) =>
    runAction(verifyAction, { service: 'orders', ...input });
  const portalSays = (environment: Partial<EnvironmentDelivery>) => {
    const service: ServiceDelivery = {
      service: ENTITY_REF,
      title: 'orders',
      path: 'default',
      setup: 'complete',
      environments: [
        {
          name: 'dev',
          tier: 'development',
          after: [],
          cluster: 'local',
          namespace: 'orders-dev',
          entry: 'automatic',
          health: 'healthy',
          observation: { state: 'live' },
          workloads: [],
          rollback: { may: { allowed: true }, targets: [] },
          ...environment,
        },
      ],
      doors: [],
      promotions: [],
      sources: [],
      findings: [],
      links: [],
      asOf: '2026-11-21T08:00:00Z',
    };
    server.use(
      http.get(
        'http://portal.test/api/delivery/v1/services/component/default/orders',
        () => HttpResponse.json(service),
      ),
    );
  };

  it('is verified, each part of it', async () => {
    await apply();
    const { output } = await verify();
    expect(output.complete).toBe(true);
    const checks = z
      .array(z.object({ what: z.string(), state: z.string() }))
      .parse(output.checks);
    expect(checks.map(({ what, state }) => `${state}: ${what}`)).toEqual([
      "found: The Jenkins job 'orders/image'",
      "found: The Jenkins job 'orders/chart'",
      "found: The Spinnaker application 'orders'",
      "found: The Spinnaker pipeline 'Deploy to dev'",
      "found: The Spinnaker pipeline 'Deploy to staging'",
      "found: The Spinnaker pipeline 'Deploy to prod'",
      "found: The deployment account 'local-dev'",
      "found: The deployment account 'local-staging'",
      "found: The deployment account 'local-prod'",
      "found: The artifact account 'charts'",
      "found: The Spinnaker stage type 'deliveryClaim'",
      'missing: The newest Release',
    ]);
  });

  it('names everything that is missing', async () => {
    const failure = String(await verify().catch(error => error));
    expect(failure).toContain("The Jenkins job 'orders/image': does not exist");
    expect(failure).toContain(
      "The Spinnaker pipeline 'Deploy to prod': does not exist",
    );
    await apply();
    const [dev] = await gate.getPipelines('orders');
    await gate.savePipeline({ ...dev, stages: [] });
    expect(String(await verify().catch(error => error))).toMatch(
      /orders is not complete\. The Spinnaker pipeline 'Deploy to dev': .* was taken out/,
    );
  });

  it('is waited for until the first Release is verified', async () => {
    await apply();
    portalSays({});
    vendors().builds.add('orders/chart', {
      artifacts: { 'delivery-release.json': RELEASE },
    });
    server.use(
      http.get(
        'https://registry.test/v2/northwind/orders/manifests/:digest',
        () => HttpResponse.json({}),
      ),
    );
    const waiting = verify({ waitMinutes: 1 });
    await vendors().jenkins.handle(
      new Request('http://jenkins.test/job/orders/job/chart/build', {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa('portal:jenkins-secret')}`,
        },
      }),
    );
    await vendors().jenkins.idle();
    portalSays({
      deployment: {
        promotionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
        promotionNumber: 1,
        releaseNumber: 2,
        kind: 'automatic',
        at: '2026-11-21T08:00:00Z',
        verifiedAt: '2026-11-21T08:01:00Z',
      },
    });
    const { output } = await waiting;
    expect(output).toMatchObject({ complete: true, release: 2 });
    expect(output.checks).toEqual(
      expect.arrayContaining([
        {
          what: 'The package orders 0.1.2',
          state: 'unknown',
          detail:
            'charts.test was not asked, because backend.reading.allow does not name it',
        },
        expect.objectContaining({
          what: 'The image registry.test/northwind/orders:1',
          state: 'found',
        }),
        {
          what: 'A verified Release in dev',
          state: 'found',
          detail: 'Release 2',
        },
      ]),
    );
  });

  it.each([
    { content: 'a', state: 'found', detail: /has the digest of the Release/ },
    { content: 'b', state: 'missing', detail: /has other bytes/ },
    {
      content: undefined,
      state: 'missing',
      detail: /this Release cannot be promoted/,
    },
  ])(
    'is looked at for the package that travels: $state',
    async ({ content, state, detail }) => {
      await runAction(createSpinnakerApplyAction({ config }), {
        application: 'orders',
        handOver: 'embedded',
      });
      await runAction(createJenkinsApplyAction({ config }), {
        folder: 'orders',
        artifactGitUrl: 'https://git.test/northwind/orders.git',
        chartGitUrl: 'https://git.test/northwind/orders-chart.git',
      });
      server.use(
        http.get(
          'https://registry.test/v2/northwind/orders/manifests/:digest',
          () => HttpResponse.json({}),
        ),
      );
      const archived = createHash('sha256').update('a').digest('hex');
      vendors().builds.add('orders/chart', {
        artifacts: {
          'delivery-release.json': {
            ...RELEASE,
            chart: {
              ...RELEASE.chart,
              digest: `sha256:${archived}`,
              repository: '',
            },
          },
          ...(content ? { 'build/orders-0.1.2.tgz': content } : {}),
        },
      });
      await vendors().jenkins.handle(
        new Request('http://jenkins.test/job/orders/job/chart/build', {
          method: 'POST',
          headers: {
            authorization: `Basic ${btoa('portal:jenkins-secret')}`,
          },
        }),
      );
      await vendors().jenkins.idle();
      const { output } = await verify({ handOver: 'embedded' });
      expect(output.checks).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            what: "The artifact account 'embedded-artifact'",
            state: 'found',
          }),
          {
            what: 'The package orders-0.1.2.tgz of orders/chart #1',
            state,
            detail: expect.stringMatching(detail),
          },
        ]),
      );
    },
  );

  it('is not waited for any longer once a build has failed', async () => {
    await apply();
    portalSays({});
    vendors().builds.add('orders/chart', { result: 'FAILURE' });
    await vendors().jenkins.handle(
      new Request('http://jenkins.test/job/orders/job/chart/build', {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa('portal:jenkins-secret')}`,
        },
      }),
    );
    await vendors().jenkins.idle();
    await expect(verify({ waitMinutes: 60 })).rejects.toThrow(
      /The Jenkins job 'orders\/chart': its last build ended FAILURE: http:\/\/jenkins\.test/,
    );
  });

  it('has examples that can be parsed and name it', () => {
    for (const [examples, id] of [
      [wiringWriteExamples, writeAction.id],
      [serviceRestoreExamples, 'delivery:service:restore'],
      [serviceVerifyExamples, verifyAction.id],
    ] as const) {
      for (const { example } of examples) {
        expect(parse(example).steps[0].action).toBe(id);
      }
    }
  });
});
