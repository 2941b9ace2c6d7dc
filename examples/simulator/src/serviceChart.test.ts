// SPDX-License-Identifier: Apache-2.0
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  bakeSourceFor,
  executedAsRendered,
  renderDeployPipeline,
  SpinnakerClient,
  startParameters,
} from 'backstage-plugin-spinnaker-client';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  scaffoldFolder,
  SERVICE_TEMPLATE,
} from './__testUtils__/scaffoldFolder';
import { RunningCharts, startCharts } from './charts/startCharts';
import { AdjustableClock } from './clock';
import { RunningGate, startGate } from './gate';
import { startKubernetes } from './kubernetes';
import {
  ADMIN,
  RealKubernetes,
} from './kubernetes/__testUtils__/RealKubernetes';

jest.setTimeout(240_000);

const run = promisify(execFile);
const assets = process.env.KUBEBUILDER_ASSETS;
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const NAMESPACE = 'orders-prod';
const deploymentSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    labels: z.record(z.string(), z.string()),
  }),
  spec: z.looseObject({ replicas: z.number() }),
  status: z.looseObject({ readyReplicas: z.number().optional() }).optional(),
});
const serviceSchema = z.looseObject({
  spec: z.looseObject({ selector: z.record(z.string(), z.string()) }),
});

/** A cluster that the chart is brought into: the simulated one, or a real API server. */
type Cluster = { url: string; token: string; stop(): Promise<void> };

async function startSimulated(): Promise<Cluster> {
  const stop = new AbortController();
  const kubernetes = await startKubernetes({
    port: 0,
    host: 'localhost',
    clusterName: 'local',
    clock: new AdjustableClock(),
    tokens: [{ token: ADMIN.token, user: 'spinnaker' }],
    timing: { startAfterMs: 20, readyAfterMs: 200, terminateAfterMs: 20 },
    signal: stop.signal,
    log: () => {},
  });
  return {
    url: kubernetes.url,
    token: ADMIN.token,
    stop: async () => {
      stop.abort();
      await kubernetes.stopped;
    },
  };
}

async function startReal(): Promise<Cluster> {
  const cluster = await RealKubernetes.start({
    assets: assets ?? '',
    principals: [],
  });
  return {
    url: cluster.url,
    token: ADMIN.token,
    stop: () => cluster.stop(),
  };
}

const hasHelm = (() => {
  try {
    execFileSync('helm', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** The chart that a new service of a runtime gets, as its job packages it. */
async function makeChart(options: {
  folder: string;
  runtime: string;
  version: string;
}): Promise<string> {
  const { folder, runtime, version } = options;
  const facts = z
    .looseObject({ container: z.looseObject({ port: z.number() }) })
    .parse(
      parse(
        await readFile(
          join(SERVICE_TEMPLATE, 'runtimes', runtime, 'runtime.yaml'),
          'utf8',
        ),
      ),
    );
  await scaffoldFolder({
    folder: 'charts/own',
    workspace: folder,
    copyWithoutTemplating: ['templates/**'],
    values: {
      ...z.record(z.string(), z.json()).parse(facts),
      container: z.record(z.string(), z.json()).parse({
        healthPort: facts.container.port,
        ...facts.container,
      }),
      name: 'orders',
      description: 'Takes orders',
      ingressClass: '',
      serviceMonitor: false,
    },
  });
  const chart = join(folder, 'charts/own');
  const path = join(chart, 'Chart.yaml');
  await writeFile(
    path,
    (
      await readFile(path, 'utf8')
    ).replace('version: 0.1.0', `version: ${version}`),
  );
  await writeFile(
    join(chart, 'image.yaml'),
    `name: registry.test/orders\ntag: ${version}\ndigest: ${DIGEST}\n`,
  );
  return chart;
}

const CLUSTERS: { on: string; start(): Promise<Cluster> }[] = [
  { on: 'the simulated cluster', start: startSimulated },
  ...(assets ? [{ on: 'a real API server', start: startReal }] : []),
];

if (hasHelm) {
  describe('the chart of a new service', () => {
    it.each([
      {
        values: 'strategy=blue-green',
        says: 'is switched blue-green, but everything is rendered at once',
      },
      {
        values: 'strategy=rolling,part=workload',
        says: 'is rolled out, but its Spinnaker pipeline switches blue-green',
      },
      {
        values: 'strategy=rolling,part=traffic',
        says: 'is rolled out, but its Spinnaker pipeline switches blue-green',
      },
    ])(
      'refuses a Spinnaker pipeline of another strategy: $values',
      async ({ values, says }) => {
        const folder = mkdtempSync(join(tmpdir(), 'service-chart-'));
        try {
          const chart = await makeChart({
            folder,
            runtime: 'http-service',
            version: '0.1.2',
          });
          await expect(
            run('helm', [
              ...['template', 'orders', chart, '--set', 'environment=prod'],
              ...['--set', values],
            ]),
          ).rejects.toThrow(says);
        } finally {
          await rm(folder, { recursive: true });
        }
      },
    );
  });

  describe.each(CLUSTERS)('the chart of a new service on $on', ({ start }) => {
    let cluster: Cluster;
    let folder: string;

    const ask = async (path: string): Promise<unknown> => {
      const response = await fetch(`${cluster.url}${path}`, {
        headers: { authorization: `Bearer ${cluster.token}` },
      });
      return response.json();
    };
    const deployments = async () =>
      z
        .looseObject({ items: z.array(deploymentSchema) })
        .parse(await ask(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments`))
        .items;
    const selector = async () =>
      serviceSchema.safeParse(
        await ask(`/api/v1/namespaces/${NAMESPACE}/services/orders`),
      ).data?.spec.selector;

    beforeAll(async () => {
      cluster = await start();
    });
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'service-chart-'));
    });
    afterEach(() => rm(folder, { recursive: true }));
    afterAll(() => cluster?.stop());

    it.each([
      {
        handOver: 'registry',
        changes: [
          { version: '0.1.2', strategy: 'blue-green' },
          { version: '0.1.3', strategy: 'blue-green' },
        ],
      },
      {
        handOver: 'embedded',
        changes: [
          { version: '0.1.4', strategy: 'blue-green' },
          { version: '0.1.5', strategy: 'rolling-again' },
          { version: '0.1.6', strategy: 'blue-green' },
        ],
      },
    ] as const)(
      'is switched by Spinnaker when the new version is ready, and not before: $handOver',
      async ({ handOver, changes }) => {
        const stop = new AbortController();
        const clock = new AdjustableClock();
        const charts: RunningCharts = await startCharts({
          port: 0,
          dataDir: join(folder, 'charts-data'),
          clock,
          signal: stop.signal,
          log: () => {},
        });
        const gate: RunningGate = await startGate({
          port: 0,
          dataDir: join(folder, 'gate'),
          clock,
          chartRepositoryUrl: charts.url,
          accounts: [{ name: 'prod', url: cluster.url, token: cluster.token }],
          timing: { start: 0, bake: 0, deploy: 0, stabilizePoll: 100 },
          signal: stop.signal,
          log: () => {},
        });
        try {
          const spinnaker = SpinnakerClient.create({ baseUrl: gate.url });
          const seen: string[] = [];
          for (const { version, strategy } of changes) {
            const rendered = renderDeployPipeline({
              application: 'orders',
              entityRef: 'component:default/orders',
              environment: {
                name: 'prod',
                account: 'prod',
                namespace: NAMESPACE,
                gated: false,
              },
              ...bakeSourceFor(
                { chartAccount: 'charts' },
                {
                  chartName: 'orders',
                  environment: 'prod',
                  renderer: 'helm',
                  handOver,
                },
              ),
              strategy,
            });
            const saved = await spinnaker.getPipeline('orders', rendered.name);
            await spinnaker.savePipeline({ ...saved, ...rendered });
            const isSwitched = strategy === 'blue-green';
            const values = `environment: prod\nstrategy: ${
              isSwitched ? strategy : 'rolling'
            }\nreplicas: 2\n`;
            const chart = await makeChart({
              folder: join(folder, version),
              runtime: 'http-service',
              version,
            });
            await run('helm', ['package', chart, '--destination', folder]);
            const packed = await readFile(
              join(folder, `orders-${version}.tgz`),
            );
            if (handOver === 'registry') {
              await charts.store.add(packed);
            }
            const outcome = await spinnaker.startPipeline({
              application: 'orders',
              pipeline: 'Deploy to prod',
              correlationId: `dlv-${version.replaceAll('.', '-')}-1`,
              parameters: startParameters({
                promotionId: '01JDPROMOTION',
                chartVersion: version,
                valuesBase64: Buffer.from(values).toString('base64'),
                valuesDigest: DIGEST,
                fingerprint: DIGEST,
                ...(handOver === 'embedded'
                  ? { chartBase64: packed.toString('base64') }
                  : {}),
              }),
            });
            const id = outcome.kind === 'accepted' ? outcome.executionId : '';
            let execution = await spinnaker.getExecution(id);
            while (!execution || !/SUCC|TERM|CANC/.test(execution.status)) {
              // whoever the Service leads to is there, and ready
              const led = (await selector())?.['delivery/release'];
              const behind = (await deployments()).filter(
                ({ metadata }) => metadata.labels['delivery/release'] === led,
              );
              // unless it was switched between the two looks
              if (led && led === (await selector())?.['delivery/release']) {
                seen.push(`${led}: ${behind[0]?.status?.readyReplicas} ready`);
              }
              execution = await spinnaker.getExecution(id);
            }
            expect(execution.status).toBe('SUCCEEDED');
            expect(executedAsRendered(execution, rendered)).toEqual({
              ok: true,
            });
            expect((await selector())?.['delivery/release']).toBe(
              isSwitched ? version : undefined,
            );
            expect(
              (await deployments())
                .filter(({ metadata }) => !metadata.deletionTimestamp)
                .map(({ metadata }) => metadata.name),
            ).toEqual([
              isSwitched ? `orders-${version.replaceAll('.', '-')}` : 'orders',
            ]);
          }
          expect(seen).toContain(`${changes[0].version}: 2 ready`);
          expect(seen.filter(one => !one.endsWith(': 2 ready'))).toEqual([]);
        } finally {
          stop.abort();
          await Promise.all([gate.closed, charts.closed]);
        }
      },
    );
  });
} else {
  it('is not tried where helm is missing', () => {
    expect(hasHelm).toBe(false);
  });
}

if (assets && hasHelm) {
  describe('Helm on a real API server', () => {
    let cluster: RealKubernetes;
    let folder: string;
    const helm = (...args: string[]) =>
      run(
        'helm',
        [
          ...args,
          // plain HTTP would leave the token out
          ...[
            '--kube-apiserver',
            cluster.secureUrl,
            '--kube-token',
            ADMIN.token,
          ],
          ...['--kube-ca-file', join(folder, 'ca.crt')],
        ],
        { env: { ...process.env, KUBECONFIG: '/dev/null', HOME: folder } },
      );

    beforeAll(async () => {
      cluster = await RealKubernetes.start({ assets, principals: [] });
      folder = mkdtempSync(join(tmpdir(), 'service-chart-'));
      await writeFile(join(folder, 'ca.crt'), cluster.ca);
    });
    afterAll(async () => {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    });

    it.each(['http-service', 'wso2-micro-integrator', 'wso2-api-microgateway'])(
      'installs, upgrades and rolls back the chart of %s',
      async runtime => {
        const namespace = ['--namespace', runtime];
        const versions = ['0.1.2', '0.1.3'];
        for (const version of versions) {
          const chart = await makeChart({
            folder: join(folder, runtime, version),
            runtime,
            version,
          });
          await helm(
            ...['upgrade', '--install', 'orders', chart, '--create-namespace'],
            ...['--wait', '--timeout', '100s', ...namespace],
            ...['--set', 'environment=prod', '--set', 'replicas=2'],
            ...['--set', 'ingress.enabled=true'],
            ...['--set', 'ingress.host=orders.example.com'],
            ...['--set', 'autoscaling.enabled=true'],
          );
        }
        const running = async () => {
          const response = await fetch(
            `${cluster.url}/apis/apps/v1/namespaces/${runtime}/deployments/orders`,
            { headers: { authorization: `Bearer ${ADMIN.token}` } },
          );
          return deploymentSchema.parse(await response.json());
        };
        expect((await running()).metadata.labels['helm.sh/chart']).toBe(
          'orders-0.1.3',
        );
        await helm('rollback', 'orders', '1', '--wait', ...namespace);
        const back = await running();
        expect(back.metadata.labels['helm.sh/chart']).toBe('orders-0.1.2');
        const { stdout } = await helm('history', 'orders', ...namespace);
        expect(stdout).toContain('Rollback to 1');
      },
    );
  });
} else {
  it('says that Helm was not shown on a real API server', () => {
    process.stderr.write(
      'NOT SHOWN ON A REAL KUBERNETES API SERVER: it takes KUBEBUILDER_ASSETS and Helm.\n',
    );
    expect(Boolean(assets && hasHelm)).toBe(false);
  });
}
