// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '@backstage/types';
import {
  type ReleaseRecord,
  releaseRecordSchema,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { hasHelm } from './__testUtils__/hasHelm';
import { hasKustomize } from './__testUtils__/hasKustomize';
import { SECRET } from './__testUtils__/sourceHostSettings';
import { usePortal } from './__testUtils__/usePortal';
import {
  ADMIN,
  RealKubernetes,
} from './kubernetes/__testUtils__/RealKubernetes';
import { until } from './testing/until';

jest.setTimeout(240_000);

const run = promisify(execFile);
const assets = process.env.KUBEBUILDER_ASSETS ?? '';
const STAND_INS = join(
  __dirname,
  '../../../plugins/scaffolder-backend-module-delivery/src/__testUtils__/standIns',
);

const shown =
  assets !== '' &&
  RealKubernetes.hasControllers(assets) &&
  hasHelm() &&
  hasKustomize();

/** Which published chart each runtime takes, beside what the template knows of it. */
const PUBLISHED: { runtime: string; service: string; chart: JsonObject }[] = [
  {
    runtime: 'http-service',
    service: 'shop',
    chart: {
      name: 'web',
      version: '2.1.0',
      imageName: 'image.repository',
      imageTag: 'image.tag',
      imageDigest: 'image.digest',
      replicas: 'replicaCount',
    },
  },
  {
    runtime: 'wso2-micro-integrator',
    service: 'bus',
    chart: { version: '4.0.0-1' },
  },
  {
    runtime: 'wso2-api-microgateway',
    service: 'gateway',
    chart: { version: '3.2.0-1' },
  },
];

const deploymentsSchema = z.object({
  items: z.array(
    z.looseObject({
      spec: z.looseObject({
        replicas: z.number(),
        template: z.looseObject({
          metadata: z.looseObject({}),
          spec: z.looseObject({
            containers: z.array(z.looseObject({ image: z.string() })),
          }),
        }),
      }),
      status: z.looseObject({ readyReplicas: z.number().optional() }),
    }),
  ),
});

if (shown) {
  describe('a new service on a real API server', () => {
    let cluster: RealKubernetes | undefined;
    let folder = '';
    const releases = new Map<string, ReleaseRecord>();

    const portal = usePortal({
      startCluster: async () => {
        cluster = await RealKubernetes.start({ assets, principals: [] });
        return { url: cluster.url, token: ADMIN.token };
      },
    });
    afterAll(async () => {
      await cluster?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const LOGIN = {
      authorization: `Basic ${btoa(`portal:${SECRET}`)}`,
    };

    const chartsUrl = (path: string) =>
      `${portal().simulator.urls.charts}${path}`;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'real-charts-'));
      await writeFile(join(folder, 'ca.crt'), cluster?.ca ?? '');
      for (const chart of readdirSync(STAND_INS)) {
        await run('helm', ['package', join(STAND_INS, chart), '-d', folder]);
      }
      for (const file of readdirSync(folder).filter(one =>
        one.endsWith('.tgz'),
      )) {
        const { ok } = await fetch(chartsUrl('/api/charts'), {
          method: 'POST',
          headers: LOGIN,
          body: new Uint8Array(await readFile(join(folder, file))),
        });
        if (!ok) {
          throw new Error(`${file} was not published`);
        }
      }
    });

    /** Makes a service, and waits until its first Release runs in dev. */
    async function scaffold(values: { name: string } & JsonObject) {
      const { status, log } = await portal().run('service', {
        owner: 'group:default/team-orders',
        sourceHost: new URL(portal().simulator.urls.github ?? '').host,
        organisation: 'northwind',
        ...values,
      });
      expect(`${status}\n${log}`).toMatch(/^completed\n/);
      const release = await until(async () => {
        const response = await fetch(
          `${portal().simulator.urls.jenkins}/job/${
            values.name
          }/job/chart/lastSuccessfulBuild/artifact/delivery-release.json`,
        );
        const made =
          response.ok && releaseRecordSchema.parse(await response.json());
        const running = await deployments(`${values.name}-dev`);
        return (
          made &&
          running.length > 0 &&
          running.every(
            ({ spec, status: { readyReplicas } }) =>
              readyReplicas === spec.replicas &&
              spec.template.spec.containers.every(({ image }) =>
                image.endsWith(made.images[0].digest),
              ),
          ) &&
          made
        );
      });
      releases.set(values.name, release);
    }

    async function deployments(namespace: string) {
      const response = await fetch(
        `${cluster?.url}/apis/apps/v1/namespaces/${namespace}/deployments`,
        { headers: { authorization: `Bearer ${ADMIN.token}` } },
      );
      return deploymentsSchema.parse(await response.json()).items;
    }

    // All at once: it is waiting that takes long.
    beforeAll(async () => {
      const repository = chartsUrl('');
      await Promise.all(
        PUBLISHED.flatMap(({ runtime, service, chart }) => [
          scaffold({
            name: service,
            runtime,
            chart: { kind: 'published', repository, ...chart },
          }),
          scaffold({
            name: `${service}-overlaid`,
            runtime,
            renderer: 'kustomize',
          }),
        ]),
      );
    });

    const helm = (namespace: string, ...args: string[]) =>
      run(
        'helm',
        [
          ...args,
          ...['--namespace', namespace],
          ...['--kube-apiserver', cluster?.secureUrl ?? ''],
          ...['--kube-token', ADMIN.token],
          ...['--kube-ca-file', join(folder, 'ca.crt')],
        ],
        { env: { ...process.env, KUBECONFIG: '/dev/null', HOME: folder } },
      );

    it.each(PUBLISHED)(
      'runs the published chart of $runtime, which Helm installs, upgrades and rolls back, too',
      async ({ service }) => {
        const release = releases.get(service);
        if (!release) {
          throw new Error(`${service} has no Release`);
        }
        const file = `${service}-${release.chart.version}.tgz`;
        const packed = await fetch(chartsUrl(`/charts/${file}`), {
          headers: LOGIN,
        });
        const path = join(folder, file);
        await writeFile(path, new Uint8Array(await packed.arrayBuffer()));
        const namespace = `${service}-helm`;
        const upgrade = async (environment: string) =>
          helm(
            namespace,
            ...['upgrade', '--install', service, path, '--create-namespace'],
            ...['--set', `environment=${environment}`, '--wait'],
            ...['--timeout', '60s'],
          );
        await upgrade('dev');
        const installed = await deployments(namespace);
        expect(
          installed.map(({ spec }) => spec.template.spec.containers[0].image),
        ).toEqual([expect.stringContaining(release.images[0].digest)]);
        await upgrade('staging');
        await helm(namespace, 'rollback', service, '1', '--wait');
        const { stdout } = await helm(namespace, 'history', service);
        expect(stdout).toContain('Rollback to 1');
        const back = await deployments(namespace);
        expect(back.map(({ spec }) => spec)).toEqual(
          installed.map(({ spec }) => spec),
        );
      },
    );

    it.each(PUBLISHED)(
      'runs what Kustomize renders for $runtime',
      async ({ service }) => {
        expect(await deployments(`${service}-overlaid-dev`)).toHaveLength(1);
      },
    );
  });
} else {
  it('says that new services were not shown on a real API server', () => {
    process.stderr.write(
      'NOT SHOWN ON A REAL KUBERNETES API SERVER: published charts and Kustomize take KUBEBUILDER_ASSETS, Helm and Kustomize.\n',
    );
    expect(shown).toBe(false);
  });
}
