// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type DeployPipelineSpec,
  executedAsRendered,
  renderDeployPipeline,
  SpinnakerClient,
  SpinnakerExecution,
  startParameters,
} from 'backstage-plugin-spinnaker-client';
import { create } from 'tar';
import { hasKustomize } from '../__testUtils__/hasKustomize';
import { RunningCharts, startCharts } from '../charts/startCharts';
import { AdjustableClock } from '../clock';
import { serveFetch } from '../http/serveFetch';
import { RunningKubernetes, startKubernetes } from '../kubernetes';
import { RunningGate, startGate } from './startGate';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Chart.Name }}
  labels:
    app.kubernetes.io/name: {{ .Chart.Name }}
    helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
spec:
  replicas: {{ .Values.replicas }}
  progressDeadlineSeconds: 2
  selector:
    matchLabels: { app.kubernetes.io/name: {{ .Chart.Name }} }
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {{ .Chart.Name }}
        backstage.io/kubernetes-id: {{ .Chart.Name }}
    spec:
      containers:
        - name: app
          image: {{ (.Files.Get "image.yaml" | fromYaml).name }}@{{ (.Files.Get "image.yaml" | fromYaml).digest }}
          ports: [{ name: http, containerPort: 8080 }]
`;

const AUTHOR = ['-c', 'user.name=Anna', '-c', 'user.email=anna@example.test'];
const OVERLAID = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 1
  selector:
    matchLabels: { app: orders }
  template:
    metadata:
      labels: { app: orders }
    spec:
      containers:
        - { name: app, image: registry.test/orders@${DIGEST} }
`;

describe('the simulated Spinnaker', () => {
  let stop: AbortController;
  let stopGate: AbortController;
  let directory: string;
  let charts: RunningCharts;
  let kubernetes: RunningKubernetes;
  let gate: RunningGate;
  let client: SpinnakerClient;
  let claimStatus: string;
  let claimUrl: string;
  const clock = new AdjustableClock();

  async function start(helm?: string): Promise<void> {
    stopGate = new AbortController();
    gate = await startGate({
      port: 0,
      dataDir: join(directory, 'gate'),
      clock,
      token: 'portal-token',
      chartRepositoryUrl: charts.url,
      accounts: [
        { name: 'local-staging', url: kubernetes.url, token: 'cluster-token' },
      ],
      claim: { url: `${claimUrl}/claims`, token: 'claim-token' },
      timing: {
        start: 0,
        bake: 0,
        deploy: 0,
        stabilizePoll: 100,
        webhookPoll: 100,
      },
      helm,
      signal: stopGate.signal,
      log: () => {},
    });
    client = SpinnakerClient.create({
      baseUrl: gate.url,
      token: 'portal-token',
    });
  }

  async function publishChart(version: string): Promise<void> {
    const folder = join(directory, version, 'orders');
    await mkdir(join(folder, 'templates'), { recursive: true });
    await writeFile(
      join(folder, 'Chart.yaml'),
      `apiVersion: v2\nname: orders\nversion: ${version}\n`,
    );
    await writeFile(join(folder, 'values.yaml'), 'replicas: 1\n');
    await writeFile(
      join(folder, 'image.yaml'),
      `name: registry.test/orders\ntag: 1.0.0\ndigest: ${DIGEST}\n`,
    );
    await writeFile(join(folder, 'templates', 'deployment.yaml'), DEPLOYMENT);
    const file = join(directory, `${version}.tgz`);
    await create({ file, cwd: join(directory, version), gzip: true }, [
      'orders',
    ]);
    await charts.store.add(await readFile(file));
  }

  const spec: DeployPipelineSpec = {
    application: 'orders',
    entityRef: 'component:default/orders',
    environment: {
      name: 'staging',
      account: 'local-staging',
      namespace: 'orders-staging',
      gated: true,
    },
    chart: { name: 'orders', account: 'charts' },
  };
  const pipeline = renderDeployPipeline(spec);

  async function promote(
    chartVersion: string,
    more: { values?: string; chartBase64?: string } = {},
  ) {
    const { values = 'replicas: 2\n', chartBase64 } = more;
    const outcome = await client.startPipeline({
      application: 'orders',
      pipeline: 'Deploy to staging',
      correlationId: 'dlv-01JDPROMOTION-1',
      parameters: startParameters({
        promotionId: '01JDPROMOTION',
        chartVersion,
        valuesBase64: Buffer.from(values).toString('base64'),
        valuesDigest: DIGEST,
        fingerprint: DIGEST,
        ...(chartBase64 === undefined ? {} : { chartBase64 }),
      }),
    });
    if (outcome.kind !== 'accepted') {
      throw new Error(outcome.reason);
    }
    return outcome.executionId;
  }

  async function until(
    id: string,
    done: (execution: SpinnakerExecution) => boolean,
  ): Promise<SpinnakerExecution> {
    for (;;) {
      const execution = await client.getExecution(id);
      if (execution && done(execution)) {
        return execution;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  const ended = ({ status }: SpinnakerExecution) =>
    ['SUCCEEDED', 'TERMINAL', 'CANCELED'].includes(status);

  async function deployment(): Promise<unknown> {
    const response = await fetch(
      `${kubernetes.url}/apis/apps/v1/namespaces/orders-staging/deployments/orders`,
      { headers: { authorization: 'Bearer cluster-token' } },
    );
    return response.json();
  }

  beforeEach(async () => {
    stop = new AbortController();
    directory = await mkdtemp(join(tmpdir(), 'simulated-gate-'));
    claimStatus = 'ADMITTED';
    const portal = await serveFetch({
      port: 0,
      signal: stop.signal,
      handle: async request =>
        request.headers.get('authorization') === 'Bearer claim-token'
          ? Response.json({
              status: claimStatus,
              progress: 'asked',
              links: { status: `${claimUrl}/claims/1` },
            })
          : new Response('', { status: 401 }),
    });
    claimUrl = portal.url;
    charts = await startCharts({
      port: 0,
      dataDir: join(directory, 'charts'),
      clock,
      signal: stop.signal,
      log: () => {},
    });
    kubernetes = await startKubernetes({
      port: 0,
      host: 'localhost',
      clusterName: 'local',
      tokens: [{ token: 'cluster-token', user: 'spinnaker' }],
      clock,
      signal: stop.signal,
      log: () => {},
      timing: {
        startAfterMs: 20,
        readyAfterMs: 20,
        terminateAfterMs: 20,
        progressDeadlineMs: 300,
      },
    });
    await publishChart('3.8.44');
  });

  afterEach(async () => {
    stopGate.abort();
    stop.abort();
    await gate.closed;
    await kubernetes.stopped;
    await rm(directory, { recursive: true, force: true });
  });

  it.each([
    ['with Helm when it is there', undefined],
    ['in a simplified way without Helm', 'no-such-helm'],
  ])('bakes and deploys %s', async (_, helm) => {
    await start(helm);
    await client.savePipeline(pipeline);
    const saved = await client.getPipeline('orders', 'Deploy to staging');
    const id = await promote('3.8.44');
    const execution = await until(id, ended);

    expect(execution.status).toBe('SUCCEEDED');
    expect(execution.authentication.user).toBe('svc-backstage');
    expect(saved && executedAsRendered(execution, saved)).toEqual({ ok: true });
    expect(await deployment()).toMatchObject({
      metadata: {
        labels: {
          'app.kubernetes.io/managed-by': 'spinnaker',
          'helm.sh/chart': 'orders-3.8.44',
        },
        annotations: { 'moniker.spinnaker.io/application': 'orders' },
      },
      spec: { replicas: 2 },
      status: { availableReplicas: 2 },
    });
    expect(gate.gate.deploys).toMatchObject([
      { images: [`registry.test/orders@${DIGEST}`], outcome: 'applied' },
    ]);
  });

  it('fails as Clouddriver does when a rollout gets stuck', async () => {
    await start();
    await client.savePipeline(pipeline);
    kubernetes.controls.ensureNamespace('orders-staging');
    kubernetes.controls.failNextRollout(
      { namespace: 'orders-staging', name: 'orders' },
      { kind: 'image-pull' },
    );
    const execution = await until(await promote('3.8.44'), ended);
    expect(execution.status).toBe('TERMINAL');
    expect(JSON.stringify(execution.stages[2].context.exception)).toContain(
      'Deployment exceeded its progress deadline',
    );
  });

  describe('with Kustomize', () => {
    beforeEach(async () => {
      const repository = join(directory, 'orders-chart');
      const overlay = 'overlays/staging';
      for (const [path, content] of [
        ['base/deployment.yaml', OVERLAID],
        ['base/kustomization.yaml', 'resources: [deployment.yaml]\n'],
        [
          `${overlay}/kustomization.yaml`,
          'resources: [../../base]\nreplicas: [{ name: orders, count: 3 }]\n',
        ],
      ]) {
        await mkdir(dirname(join(repository, path)), { recursive: true });
        await writeFile(join(repository, path), content);
      }
      const git = (...args: string[]) =>
        execFileSync('git', [...AUTHOR, ...args], { cwd: repository });
      git('init', '--quiet');
      git('add', '--all');
      git('commit', '--quiet', '--message=Start');
      git('tag', '0.1.2');
      await writeFile(
        join(repository, 'base/deployment.yaml'),
        'not: released',
      );
      git('commit', '--quiet', '--all', '--message=Go on');
      await start();
      await client.savePipeline(
        renderDeployPipeline({
          ...spec,
          renderer: {
            kind: 'kustomize',
            repository: pathToFileURL(repository).href,
            overlay,
          },
        }),
      );
    });

    if (hasKustomize()) {
      it('bakes the overlay of the environment, at the tag of the version', async () => {
        const execution = await until(await promote('0.1.2'), ended);
        expect(execution.status).toBe('SUCCEEDED');
        expect(await deployment()).toMatchObject({
          spec: {
            replicas: 3,
            template: {
              spec: {
                containers: [{ image: `registry.test/orders@${DIGEST}` }],
              },
            },
          },
        });
      });
    }

    it('says which version is not there', async () => {
      const execution = await until(await promote('0.1.3'), ended);
      expect(execution.status).toBe('TERMINAL');
      expect(JSON.stringify(execution.stages[1].context.exception)).toContain(
        'version=0.1.3',
      );
    });
  });

  it('bakes a chart that came with the start', async () => {
    await start();
    await client.savePipeline(
      renderDeployPipeline({
        ...spec,
        chart: {
          name: 'orders',
          account: 'embedded-artifact',
          handOver: 'embedded',
        },
      }),
    );
    await publishChart('3.8.45');
    const file = join(directory, '3.8.45.tgz');
    const id = await promote('3.8.45', {
      chartBase64: (await readFile(file)).toString('base64'),
    });
    expect((await until(id, ended)).status).toBe('SUCCEEDED');
    expect(await deployment()).toMatchObject({
      metadata: { labels: { 'helm.sh/chart': 'orders-3.8.45' } },
    });
  });

  it('says that what came with the start is no chart', async () => {
    await start();
    await client.savePipeline(
      renderDeployPipeline({
        ...spec,
        chart: {
          name: 'orders',
          account: 'embedded-artifact',
          handOver: 'embedded',
        },
      }),
    );
    const id = await promote('3.8.44', { chartBase64: 'H4sIAAAA' });
    const execution = await until(id, ended);
    expect(execution.status).toBe('TERMINAL');
    expect(execution.stages[1].status).toBe('TERMINAL');
  });

  it('says which chart cannot be fetched', async () => {
    await start();
    await client.savePipeline(pipeline);
    const execution = await until(await promote('9.9.9'), ended);
    expect(execution.status).toBe('TERMINAL');
    expect(JSON.stringify(execution.stages[1].context.exception)).toContain(
      'version=9.9.9',
    );
  });

  it('carries on after a restart with what was under way', async () => {
    await start();
    claimStatus = 'PENDING';
    await client.savePipeline(pipeline);
    const id = await promote('3.8.44');
    await until(id, ({ stages }) => stages[0]?.status === 'RUNNING');
    stopGate.abort();
    await gate.closed;

    await start();
    claimStatus = 'ADMITTED';
    const execution = await until(id, ended);
    expect(execution.status).toBe('SUCCEEDED');
    expect(gate.gate.deploys).toHaveLength(1);
  });
});
