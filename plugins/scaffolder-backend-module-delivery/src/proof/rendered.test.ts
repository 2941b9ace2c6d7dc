// SPDX-License-Identifier: Apache-2.0
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { setupServer } from 'msw/node';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { emptyVendors } from '../__testUtils__/emptyVendors';
import { publishStandIns } from '../__testUtils__/publishStandIns';
import { readJenkinsfile } from '../__testUtils__/readJenkinsfile';
import { releaseRecordOf } from '../__testUtils__/records';
import {
  DELIVERY_CONFIG,
  Scaffolder,
  type DryRun,
} from '../__testUtils__/scaffoldService';
import {
  faultsOf,
  readObjects,
  type RenderedObject,
} from '../__testUtils__/validateKubernetes';
import { VendorServer } from '../__testUtils__/VendorServer';
import { hasHelm, hasKustomize, REQUIRED } from '../__testUtils__/useWorkshop';
import { Workshop } from '../__testUtils__/Workshop';

const RUNTIMES = [
  'http-service',
  'wso2-micro-integrator',
  'wso2-api-microgateway',
] as const;

const QA = {
  name: 'qa',
  tier: 'staging',
  after: ['dev'],
  namespace: '{service}-qa',
  account: 'local-qa',
  entry: 'automatic',
};

/** What is published for each runtime, beside what the template knows of it. */
const PUBLISHED: Record<(typeof RUNTIMES)[number], JsonObject> = {
  'http-service': {
    name: 'web',
    version: '2.1.0',
    imageName: 'image.repository',
    imageTag: 'image.tag',
    imageDigest: 'image.digest',
    replicas: 'replicaCount',
  },
  'wso2-micro-integrator': { version: '4.0.0-1' },
  'wso2-api-microgateway': { version: '3.2.0-1' },
};

const IMAGE = `name: "registry.test:5000/northwind/orders"
tag: "1.0.0-abcdef0-abababab"
digest: "sha256:${'d'.repeat(64)}"
base:
  reference: "node:22-alpine"
  digest: "sha256:${'a'.repeat(64)}"
  resolvedAt: "2026-11-21T08:00:00Z"
source:
  repository: "https://git.test/northwind/orders.git"
  commit: "${'b'.repeat(40)}"
builtBy:
  job: "orders/image"
  number: 1
`;

type Case = {
  runtime: (typeof RUNTIMES)[number];
  mode: 'own' | 'published' | 'kustomize';
  strategy: 'rolling' | 'blue-green';
  /** Where the chart is kept; a real OCI registry is asked elsewhere. */
  handOver: 'registry' | 'embedded';
};

const WAYS: Omit<Case, 'runtime'>[] = [
  { mode: 'own', strategy: 'rolling', handOver: 'registry' },
  { mode: 'own', strategy: 'rolling', handOver: 'embedded' },
  { mode: 'own', strategy: 'blue-green', handOver: 'registry' },
  { mode: 'published', strategy: 'rolling', handOver: 'registry' },
  { mode: 'published', strategy: 'rolling', handOver: 'embedded' },
  { mode: 'kustomize', strategy: 'rolling', handOver: 'registry' },
];

const CASES: Case[] = RUNTIMES.flatMap(runtime =>
  WAYS.filter(({ mode }) => mode !== 'kustomize' || hasKustomize).map(way => ({
    runtime,
    ...way,
  })),
);

/** Where the environments of the published charts may differ: how many there are. */
const PUBLISHED_DIFFERENCES = ['Deployment spec.replicas'];

/** Where those of a chart of its own may: what was asked for. */
const OWN_DIFFERENCES = [
  'Deployment spec.replicas',
  'Deployment spec.template.spec.containers.0.env.1.value',
  'Deployment spec.template.spec.containers.0.resources.requests.memory',
  'HorizontalPodAutoscaler',
  'Ingress',
  'PodDisruptionBudget',
];

/** Where overlays may: the same, but for the disruption budget, which all of them have. */
const OVERLAY_DIFFERENCES = OWN_DIFFERENCES.filter(
  one => one !== 'PodDisruptionBudget',
).map(one => one.replace('env.1', 'env.0')); // Kustomize puts what was patched first

const SWITCHED: Record<Case['strategy'], string[]> = {
  rolling: [],
  'blue-green': [
    'Deployment metadata.labels.delivery/release',
    'Deployment metadata.name',
    'Deployment spec.selector.matchLabels.delivery/release',
    'Deployment spec.template.metadata.labels.delivery/release',
    'Service spec.selector.delivery/release',
  ],
};

/** Each Jenkinsfile and script once, with the place where it was first. */
const texts = new Map<string, string>();

if (hasHelm) {
  describe.each([
    { environments: ['dev', 'prod', 'staging'], more: [] },
    { environments: ['dev', 'prod', 'qa', 'staging'], more: [QA] },
  ])('charts for $environments', ({ environments, more }) => {
    // each case is a hundred processes
    jest.setTimeout(120_000);
    registerMswTestHooks(setupServer(...emptyVendors()));
    let vendors: VendorServer;
    let scaffolder: Scaffolder;
    let workshop: Workshop | undefined;

    beforeAll(async () => {
      vendors = await VendorServer.start();
      publishStandIns(vendors);
      scaffolder = await Scaffolder.start({
        ...DELIVERY_CONFIG,
        environments: [...DELIVERY_CONFIG.environments, ...more],
      });
    });
    afterEach(() => workshop?.close());
    afterAll(async () => {
      await scaffolder.stop();
      await vendors.stop();
    });

    it.each(CASES)(
      'are right for $runtime, $mode, $strategy, $handOver',
      async ({ runtime, mode, strategy, handOver }) => {
        vendors.reset();
        const scaffold = await scaffolder.scaffold({
          ...REQUIRED,
          runtime,
          chartHandover: handOver,
          ...(mode === 'published'
            ? {
                chart: {
                  kind: 'published',
                  repository: `${vendors.url}/published`,
                  ...PUBLISHED[runtime],
                },
              }
            : {
                renderer: mode === 'kustomize' ? 'kustomize' : 'helm',
                strategy: { prod: strategy },
                tiers: {
                  staging: { host: '{service}.{environment}.example.com' },
                  production: { maxReplicas: 9, memory: '2Gi' },
                },
              }),
        });
        keepTexts(scaffold);
        workshop = await Workshop.open({ scaffold, vendors, helm: true });
        workshop.commit('orders-chart', { 'image.yaml': IMAGE });

        const built = await workshop.build({ job: 'chart' });
        expect(built.log).not.toContain('error:');
        const release = releaseRecordOf(built);
        expect(Object.keys(release.values.files).sort()).toEqual(environments);
        expect(vendors.webhooks).toHaveLength(1 + more.length);
        // the package is in one place, and it is the one of the Release
        const digests = (
          handOver === 'embedded'
            ? vendors.webhooks.map(({ body }) => chartIn(body))
            : [...vendors.charts.values()]
        ).map(sha256);
        expect(new Set(digests)).toEqual(new Set([release.chart.digest]));
        expect(vendors.charts.size).toBe(handOver === 'embedded' ? 0 : 1);

        const rendered = new Map(
          environments.map(name => [
            name,
            readObjects(
              readFileSync(
                join(built.workspace, 'build', 'rendered', `${name}.yaml`),
                'utf8',
              ),
            ),
          ]),
        );
        for (const objects of rendered.values()) {
          expect(objects.length).toBeGreaterThan(0);
          expect(objects.flatMap(faultsOf)).toEqual([]);
        }
        const differing = differences(rendered);
        expect(differing).toEqual(
          {
            own: [...OWN_DIFFERENCES, ...SWITCHED[strategy]].sort(),
            published: PUBLISHED_DIFFERENCES,
            kustomize: OVERLAY_DIFFERENCES,
          }[mode],
        );

        // the same commit in another place, at another time
        const again = await workshop.build({
          job: 'chart',
          until: 'ci/package.sh',
        });
        expect(
          readFileSync(join(again.workspace, 'build/state/digest'), 'utf8'),
        ).toBe(`${release.chart.digest}\n`);
      },
    );

    it('takes the default where an environment says nothing', async () => {
      vendors.reset();
      const scaffold = await scaffolder.scaffold(REQUIRED);
      workshop = await Workshop.open({ scaffold, vendors, helm: true });
      workshop.commit('orders-chart', {
        'image.yaml': IMAGE,
        ...Object.fromEntries(
          environments.map(name => [
            `values-${name}.yaml`,
            `environment: ${name}\n`,
          ]),
        ),
      });
      const built = await workshop.build({ job: 'chart' });
      expect(built.log).not.toContain('error:');
      const chart = join(built.workspace, 'build', 'chart');
      const plain = readObjects(
        execFileSync(
          'helm',
          [
            'template',
            'orders',
            chart,
            '--skip-tests',
            '--set',
            'environment=none',
          ],
          { encoding: 'utf8' },
        ),
      );
      for (const name of environments) {
        const objects = readObjects(
          readFileSync(
            join(built.workspace, 'build', 'rendered', `${name}.yaml`),
            'utf8',
          ).replaceAll(`"${name}"`, '"none"'),
        );
        expect(objects).toEqual(plain);
      }
    });
  });
  describe('all that was made', () => {
    it('has Jenkinsfiles that Groovy reads, with their stages in order', () => {
      const jenkinsfiles = [...texts].filter(([, path]) =>
        path.endsWith('/Jenkinsfile'),
      );
      expect(jenkinsfiles.length).toBeGreaterThan(2);
      for (const [text, path] of jenkinsfiles) {
        expect(readJenkinsfile(text).map(({ name }) => name)).toEqual(
          path.startsWith('artifact/')
            ? [
                ...['Plan', 'Compare', 'Test', 'Image', 'Image test', 'Scan'],
                ...['Push', 'Bump chart'],
              ]
            : [
                ...['Lint', 'Template', 'Package'],
                ...(text.includes("CHART_REGISTRY = 'none'") ? [] : ['Push']),
                ...['Release', 'Hand over'],
              ],
        );
      }
    });

    it('has scripts that shellcheck finds nothing in', () => {
      const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
      try {
        // the same text is looked at once, in the place where it was first
        for (const [text, path] of texts) {
          if (path.endsWith('.sh')) {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), text);
          }
        }
        for (const root of readdirSync(folder)) {
          const scripts = readdirSync(join(folder, root), {
            recursive: true,
            encoding: 'utf8',
          }).filter(path => path.endsWith('.sh'));
          expect(
            execFileSync(
              'sh',
              ['-c', 'shellcheck -x -s sh "$@" 2>&1 || true', 'sh', ...scripts],
              { cwd: join(folder, root), encoding: 'utf8' },
            ),
          ).toBe('');
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
} else {
  it('is not tried where helm is missing', () => {
    expect(hasHelm).toBe(false);
  });
}

/** The package that a hand-over carries. */
function chartIn(body: unknown): Buffer {
  const { parameters } = z
    .object({ parameters: z.object({ chartBase64: z.string() }) })
    .parse(body);
  return Buffer.from(parameters.chartBase64, 'base64');
}

function sha256(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Keeps each Jenkinsfile and script once: the text, and where it was first. */
function keepTexts(scaffold: DryRun): void {
  for (const { path, base64Content } of scaffold.directoryContents) {
    if (/\/Jenkinsfile$|\.sh$/.test(path)) {
      const text = Buffer.from(base64Content, 'base64').toString('utf8');
      // what both repositories share is looked at in each of them
      const key = path.endsWith('.sh') ? `${text}\n# ${path}\n` : text;
      texts.set(key, texts.get(key) ?? path);
    }
  }
}

/** Every place that is not the same in all environments: a kind, or a field of one. */
function differences(
  rendered: ReadonlyMap<string, RenderedObject[]>,
): string[] {
  const all = [...rendered.values()];
  const kinds = new Set(all.flat().map(({ kind }) => kind));
  return [...kinds]
    .flatMap(kind => {
      const objects = all.map(list => list.filter(one => one.kind === kind));
      return objects.every(list => list.length === objects[0].length)
        ? differingFields(objects).map(path => `${kind} ${path}`)
        : [kind];
    })
    .sort();
}

function differingFields(values: readonly unknown[], path = ''): string[] {
  if (values.every(one => isDeepStrictEqual(one, values[0]))) {
    return [];
  }
  const maps = values.map(one =>
    typeof one === 'object' && one !== null ? Object.entries(one) : undefined,
  );
  if (maps.some(one => one === undefined)) {
    return [path];
  }
  const keys = new Set(maps.flatMap(one => one?.map(([key]) => key) ?? []));
  return [...keys].flatMap(key =>
    differingFields(
      maps.map(one => one?.find(([name]) => name === key)?.[1]),
      // the only object of its kind needs no number
      path === '' && /^\d+$/.test(key)
        ? ''
        : [path, key].filter(Boolean).join('.'),
    ),
  );
}
