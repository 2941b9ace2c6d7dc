// SPDX-License-Identifier: Apache-2.0
import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { emptyVendors } from '../__testUtils__/emptyVendors';
import { runAction } from '../__testUtils__/runAction';
import { DELIVERY_CONFIG } from '../__testUtils__/scaffoldService';
import { REQUIRED } from '../__testUtils__/useWorkshop';
import { createServicePlanAction } from './createServicePlanAction';
import { servicePlanExamples } from './createServicePlanAction.examples';

const RUNTIMES = resolve(__dirname, '../../../../templates/service/runtimes');

describe('delivery:service:plan', () => {
  const server = setupServer(...emptyVendors());
  registerMswTestHooks(server);
  const directory = createMockDirectory();
  const action = createServicePlanAction({
    config: new ConfigReader({
      delivery: DELIVERY_CONFIG,
      integrations: {
        github: [
          {
            host: 'git.test',
            apiBaseUrl: 'http://git.test/api/v3',
            token: 'github-secret',
          },
        ],
        gitlab: [{ host: 'gitlab.test', apiBaseUrl: 'http://gitlab.test/api' }],
        gitea: [{ host: 'gitea.test' }],
        azure: [{ host: 'azure.test' }],
        gerrit: [{ host: 'gerrit.test', gitilesBaseUrl: 'http://git.iles' }],
      },
    }),
  });
  const run = (answers: JsonObject, runtime = 'http-service') => {
    directory.setContent({
      'runtime.yaml': readFileSync(
        resolve(RUNTIMES, runtime, 'runtime.yaml'),
        'utf8',
      ),
    });
    return runAction(
      action,
      { answers: { ...REQUIRED, ...answers } },
      { workspace: directory.path },
    );
  };
  const published = (chart: JsonObject, runtime?: string) =>
    run({ chart: { kind: 'published', ...chart } }, runtime);

  it('takes everything that was not answered from the runtime', async () => {
    const { output, said } = await run({ sourceHost: '', chart: {} });
    expect(output).toMatchObject({
      chart: 'own',
      sourceHost: 'git.test',
      baseImageSchedule: 'H 3 * * *',
      tiers: {
        development: { replicas: 1 },
        staging: { replicas: 2 },
        production: { replicas: 3 },
      },
      values: {
        description: 'The service orders',
        baseImage: 'node:22-alpine',
        imageOrganisation: 'northwind',
        container: { port: 8080, healthPath: '/healthz', healthPort: 8080 },
        handOverTo: ['dev'],
      },
    });
    expect(said.join()).toContain('Nothing stands in the way of orders');
  });

  it('knows where the charts of its runtimes hold the image', async () => {
    const { output } = await published({}, 'wso2-micro-integrator');
    expect(output.values).toMatchObject({
      published: {
        name: 'micro-integrator',
        version: '4.0.0-1',
        repository: 'https://helm.wso2.com',
        values: `micro-integrator:
  wso2:
    deployment:
      wso2microIntegrator:
        dockerRegistry: none # from image.yaml: registry
        imageName: none # from image.yaml: name
        imageTag: none # from image.yaml: tag and digest`,
      },
    });
  });

  it('takes any chart that says where its values hold the image', async () => {
    const { output } = await run({
      chart: {
        kind: 'published',
        repository: 'https://charts.test/',
        name: 'web',
        version: '2.1.0',
        imageName: 'image.repository',
        imageTag: 'image.tag',
        imageDigest: 'image.digest',
        replicas: 'replicaCount',
        host: 'ingress.hostname',
      },
      tiers: { production: { replicas: 5, host: '{service}.example.com' } },
    });
    expect(output.tiers).toMatchObject({
      production: {
        web: {
          replicaCount: 5,
          ingress: { hostname: '{service}.example.com' },
        },
      },
    });
    expect(output.values).toMatchObject({
      published: {
        repository: 'https://charts.test',
        values: `web:
  image:
    repository: none # from image.yaml: full name
    tag: none # from image.yaml: tag
    digest: none # from image.yaml: digest`,
        selectorLabel: 'app.kubernetes.io/instance',
      },
    });
  });

  it.each([
    ['registry', 'helm', { chartRegistry: 'classic', handOver: 'registry' }],
    ['oci', 'helm', { chartRegistry: 'oci', handOver: 'embedded' }],
    ['embedded', 'helm', { chartRegistry: 'none', handOver: 'embedded' }],
    ['oci', 'kustomize', { chartRegistry: 'oci', handOver: 'registry' }],
  ])(
    'knows for %s with %s how Spinnaker gets the chart',
    async (chartHandover, renderer, values) => {
      const { output } = await run({ chartHandover, renderer });
      expect(output.values).toMatchObject(values);
    },
  );

  it('forgets what was said of a published chart when the choice was taken back', async () => {
    const { output } = await run({ chart: { kind: 'own', version: 'latest' } });
    expect(output.chart).toBe('own');
  });

  it('knows how a new version takes the place of the old one in each environment', async () => {
    const { output } = await run({
      strategy: { dev: 'blue-green' },
      tiers: {
        staging: { strategy: 'blue-green' },
        production: { strategy: 'rolling' },
      },
    });
    expect(output.values).toMatchObject({
      strategy: { dev: 'blue-green', staging: 'blue-green', prod: 'rolling' },
    });
    expect(output.environments).toEqual({
      dev: { strategy: 'blue-green' },
      staging: { strategy: 'blue-green' },
    });
  });

  it('takes a host and more replicas under load into the values of a tier', async () => {
    const tiers = {
      production: { replicas: 2, maxReplicas: 8, host: '{service}.test' },
    };
    expect((await run({ tiers })).output.tiers).toMatchObject({
      production: {
        replicas: 2,
        autoscaling: { enabled: true, min: 2, max: 8 },
        ingress: { enabled: true, host: '{service}.test' },
      },
    });
    expect((await run({ tiers, ingress: false })).output.tiers).toMatchObject({
      production: { ingress: { enabled: false, host: '{service}.test' } },
    });
  });

  it.each([
    [
      { strategy: { moon: 'blue-green' } },
      /^strategy.moon: there is no environment of that name; there are dev, staging, prod$/,
    ],
    [{ strategy: { dev: 'canary' } }, /^strategy.dev cannot be used/],
    [
      { tiers: { staging: { replicas: 3, maxReplicas: 3 } } },
      /^tiers.staging.maxReplicas must be more than its replicas, 3/,
    ],
    [
      { tiers: { production: { maxReplicas: 2 } } },
      /^tiers.production.maxReplicas must be more than its replicas, 3/,
    ],
    [
      { renderer: 'kustomize', organisation: 'southwind' },
      /^renderer 'kustomize' cannot be used for git.test\/southwind\/orders-chart: .* read git.test\/northwind\/orders-chart.git/,
    ],
    [
      { renderer: 'kustomize', chart: { kind: 'published', version: '1.0.0' } },
      /^renderer 'kustomize' has manifests of its own/,
    ],
    [
      {
        renderer: 'kustomize',
        tiers: { production: { strategy: 'blue-green' } },
      },
      /^strategy.prod: blue-green needs Helm/,
    ],
    [
      { chartHandover: 'embedded', renderer: 'kustomize' },
      /^chartHandover 'embedded' is for charts; what 'kustomize' renders is read from Git/,
    ],
    [{ renderer: 'jsonnet' }, /^renderer cannot be used/],
    [{ chartHandover: 'mail' }, /^chartHandover cannot be used/],
  ])('refuses what does not go together: %j', async (wrong, says) => {
    await expect(run(wrong)).rejects.toThrow(says);
  });

  it.each([
    [
      { tiers: { production: { strategy: 'blue-green' } } },
      /^strategy.prod: blue-green needs a chart of its own/,
    ],
    [
      { tiers: { production: { maxReplicas: 9 } } },
      /^tiers.production.maxReplicas needs a chart of its own/,
    ],
  ])('refuses %j with a published chart', async (wrong, says) => {
    await expect(
      run({ chart: { kind: 'published' }, ...wrong }, 'wso2-micro-integrator'),
    ).rejects.toThrow(says);
  });

  it.each([
    [{ version: 'latest' }, /chart.version must be one exact version/],
    [{ version: '^1.0.0' }, /chart.version must be one exact version/],
    [{ version: '' }, /chart.version must be given for a published chart/],
    [{ imageName: '' }, /chart.imageName and chart.imageTag must say/],
    [{ imageTag: 'image' }, /'image.repository' and 'image' cannot both/],
    [
      { imageTag: 'image.repository' },
      /'image.repository' and 'image.repository' cannot both/,
    ],
    [{ imageTag: 'a..b' }, /chart.imageTag must be keys/],
    [{ imageTag: '__proto__.x' }, /chart.imageTag must be keys/],
    [{ repository: 'https://u:p@charts.test' }, /without a user/],
  ])('refuses a published chart with %j', async (wrong, says) => {
    await expect(
      published({
        repository: 'https://charts.test',
        name: 'web',
        version: '2.1.0',
        imageName: 'image.repository',
        imageTag: 'image.tag',
        ...wrong,
      }),
    ).rejects.toThrow(says);
  });

  it.each([
    [{ name: 'Orders' }, /^name must be lower case/],
    [{ baseImage: 'node:latest' }, /^baseImage must name one version/],
    [{ baseImage: 'node' }, /^baseImage must name one version/],
    [{ organisation: '' }, /^organisation is missing/],
    [{ description: 'two\nlines' }, /^description must be one line/],
    [{ port: 80 }, /^port cannot be used/],
    [
      { tiers: { production: { host: 'a b' } } },
      /^tiers.production.host must be a host name/,
    ],
    [
      { sourceHost: 'git.other' },
      /is not configured in integrations; hosts that can be used: git\.test$/,
    ],
    [
      { sourceHost: 'gitlab.test' },
      /has no credentials in integrations\.gitlab; hosts that can be used: git\.test$/,
    ],
    [
      { sourceHost: 'gitea.test' },
      /has no credentials in integrations\.gitea; hosts that can be used: git\.test$/,
    ],
    [
      { sourceHost: 'azure.test' },
      /has no credentials in integrations\.azure; hosts that can be used: git\.test$/,
    ],
    [
      { sourceHost: 'gerrit.test' },
      /is of the type gerrit, on which no repositories can be made; hosts that can be used: git\.test$/,
    ],
    [
      { organisation: 'northwind/payments' },
      /^organisation must be the name of an organisation or user on git\.test/,
    ],
    [{ unknown: 'x' }, /unknown/],
  ])('refuses %j and says why', async (wrong, says) => {
    await expect(run(wrong)).rejects.toThrow(says);
  });

  it.each([
    {
      what: 'the organisation does not exist',
      path: 'git.test/api/v3/users/northwind',
      status: 404,
      says: "There is no organisation or user 'northwind' on git.test",
    },
    {
      what: 'the repository exists',
      path: 'git.test/api/v3/repos/northwind/orders',
      status: 200,
      body: {
        clone_url: 'http://git.test/northwind/orders.git',
        html_url: 'http://git.test/northwind/orders',
      },
      says: 'The repository northwind/orders exists on git.test already',
    },
    {
      what: 'the token of the portal is refused',
      path: 'git.test/api/v3/users/northwind',
      status: 401,
      says: "git.test refused the portal's credentials (401)",
    },
    {
      what: 'the portal is led to a page to sign in',
      path: 'git.test/api/v3/users/northwind',
      status: 203,
      says: "git.test refused the portal's credentials (203)",
    },
    {
      what: 'Jenkins has such a job',
      path: 'jenkins.test/job/orders/api/json',
      status: 200,
      body: {
        jobs: [
          {
            _class: 'org.jenkinsci.plugins.workflow.job.WorkflowJob',
            name: 'image',
            url: 'http://jenkins.test/job/orders/job/image/',
          },
        ],
      },
      says: "Jenkins at jenkins.test has a job 'orders/image' already",
    },
    {
      what: 'Jenkins is down',
      path: 'jenkins.test/job/orders/api/json',
      status: 503,
      says: 'jenkins.test',
    },
    {
      what: 'Spinnaker is down',
      path: 'gate.test/applications/orders',
      status: 503,
      says: 'gate.test',
    },
    {
      what: 'the Spinnaker application is somebody else’s',
      path: 'gate.test/applications/orders',
      status: 200,
      body: { name: 'orders', attributes: { name: 'orders', entityRef: 'x' } },
      says: "has an application 'orders' already",
    },
  ])('stops before anything is made when $what', async fault => {
    const { path, status, body = {}, says } = fault;
    server.use(
      http.get(`http://${path}`, () => HttpResponse.json(body, { status })),
    );
    const failure = await run({}).catch(error => error);
    expect(failure).toBeInstanceOf(Error);
    expect(String(failure)).toContain(says);
    expect(String(failure)).not.toContain('secret');
  });

  it('has examples that can be parsed and name it', () => {
    for (const { example } of servicePlanExamples) {
      expect(parse(example).steps.at(-1).action).toBe(action.id);
    }
  });
});
