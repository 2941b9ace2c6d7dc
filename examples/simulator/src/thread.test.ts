// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { releaseRecordSchema } from 'backstage-plugin-delivery-common';
import { HOSTED, HOSTS } from './__testUtils__/HostedRepositories';
import { hasKustomize } from './__testUtils__/hasKustomize';
import { useBitbucketCloud } from './__testUtils__/useBitbucketCloud';
import { usePortal } from './__testUtils__/usePortal';
import type { CommandInput } from './control/commandSchema';
import { until } from './testing/until';

jest.setTimeout(900_000);

/**
 * The whole way of a change through the simulated vendors, with the real template, the real
 * scaffolder and catalog, and the real build scripts. Only the portal's claim is stood in for.
 */
describe('from the template to the cluster', () => {
  const portal = usePortal();
  useBitbucketCloud(() => portal().simulator);

  const run = (command: CommandInput) =>
    portal().simulator.control.run(command);

  async function scaffold(
    values: object,
    on: keyof typeof HOSTED = 'GitHub',
  ): Promise<void> {
    const { sourceHost, organisation } = HOSTED[on](portal());
    const { status, log } = await portal().run('service', {
      owner: 'group:default/team-orders',
      sourceHost,
      organisation,
      ...values,
    });
    expect(`${status}\n${log}`).toMatch(/^completed\n/);
  }

  /** The Release that the last build of the chart job archived. */
  async function lastRelease(service: string) {
    const response = await fetch(
      `${
        portal().simulator.urls.jenkins
      }/job/${service}/job/chart/lastSuccessfulBuild/artifact/delivery-release.json`,
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
      const { workloads } = await portal().simulator.control.state();
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
    await scaffold({ name: 'orders' });
    const registered = await portal().get('/api/catalog/locations');
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
      const { workloads } = await portal().simulator.control.state();
      return workloads.some(
        ({ namespace, ready }) => namespace === 'orders-dev' && ready === 2,
      );
    });

    const { jenkins } = await portal().simulator.control.state();
    const [{ image }] = jenkins.baseImages;
    await run({ type: 'publish-base-image', image });
    await run({ type: 'trigger-cron', job: 'orders/image' });
    const fourth = await untilRunning('dev', third.number + 1);
    expect(fourth.change.kind).toBe('base-image');
    expect(fourth.images[0].digest).not.toBe(third.images[0].digest);
  });

  it.each(HOSTS.filter(on => on !== 'GitHub'))(
    'brings a new service on %s to dev',
    async on => {
      const name = `returns-${HOSTS.indexOf(on)}`;
      const hosted = HOSTED[on](portal());
      await scaffold({ name }, on);
      const registered = await portal().get('/api/catalog/locations');
      expect(JSON.stringify(registered.body)).toContain(
        hosted.contents(`${name}-chart`, '/catalog-info.yaml'),
      );
      const first = await untilRunning('dev', 1, name);
      expect(first.change.kind).toBe('source');
      expect(first.values.repository).toBe(hosted.gitUrl(`${name}-chart`));
      const [{ id, url }] = first.change.commits;
      expect(url).toBe(hosted.commit(name, id));
      expect(await hosted.statuses(name, 'main')).toContainEqual({
        name: `${name}/image: Test`,
        status: expect.stringMatching(/^succe/),
      });
    },
  );

  it('brings a change of a service on GitLab, which tells Jenkins otherwise, to dev', async () => {
    const service = `returns-${HOSTS.indexOf('GitLab')}`;
    const first = await untilRunning('dev', 1, service);
    await run({ type: 'push-source', service, message: 'More' });
    const second = await untilRunning('dev', first.number + 1, service);
    expect(second.images[0].digest).not.toBe(first.images[0].digest);
  });

  if (hasKustomize()) {
    it('brings a service that is rendered with Kustomize to dev', async () => {
      await scaffold({
        name: 'parcels',
        renderer: 'kustomize',
        tiers: { development: { replicas: 2 } },
      });
      const first = await untilRunning('dev', 1, 'parcels');
      expect(first.chart).toMatchObject({ name: 'parcels', version: '0.1.2' });
      const { workloads } = await portal().simulator.control.state();
      expect(
        workloads.filter(({ namespace }) => namespace === 'parcels-dev'),
      ).toMatchObject([{ desired: 2 }]);
    });
  }

  it('brings a service whose chart is in no chart repository to dev', async () => {
    await scaffold({
      name: 'letters',
      chartHandover: 'embedded',
    });
    const first = await untilRunning('dev', 1, 'letters');
    expect(first.chart).toMatchObject({ version: '0.1.2', repository: '' });
    const archived = await fetch(
      `${
        portal().simulator.urls.jenkins
      }/job/letters/job/chart/lastSuccessfulBuild/artifact/build/letters-0.1.2.tgz`,
    );
    expect(digestOf(await archived.arrayBuffer())).toBe(first.chart.digest);
    const charts = await fetch(`${portal().simulator.urls.charts}/index.yaml`);
    expect(await charts.text()).not.toContain('letters');
  });

  it('brings a service whose chart is in an OCI registry to dev', async () => {
    await scaffold({ name: 'stamps', chartHandover: 'oci' });
    const first = await untilRunning('dev', 1, 'stamps');
    const { charts } = portal().simulator.urls;
    expect(first.chart).toMatchObject({
      version: '0.1.2',
      repository: `oci://${new URL(charts ?? '').host}/charts`,
    });
    const manifest = await fetch(`${charts}/v2/charts/stamps/manifests/0.1.2`);
    expect(await manifest.json()).toMatchObject({
      layers: [{ digest: first.chart.digest }],
    });
    const kept = await fetch(
      `${charts}/v2/charts/stamps/blobs/${first.chart.digest}`,
    );
    expect(digestOf(await kept.arrayBuffer())).toBe(first.chart.digest);
    const classic = await fetch(`${charts}/index.yaml`);
    expect(await classic.text()).not.toContain('stamps');
  });

  it('stops a Spinnaker pipeline that a person starts, but not one without its claim', async () => {
    const start = {
      type: 'start-pipeline',
      application: 'orders',
      pipeline: 'Deploy to staging',
    } as const;
    await run(start);
    const refused = await until(async () => {
      const { spinnaker } = await portal().simulator.control.state();
      return spinnaker.executions.find(
        ({ name, status }) => name === start.pipeline && status === 'TERMINAL',
      );
    });
    expect(refused.stages.map(({ status }) => status)).toEqual([
      'TERMINAL',
      'NOT_STARTED',
      'NOT_STARTED',
    ]);
    const none = (await portal().simulator.control.state()).workloads.filter(
      ({ namespace }) => namespace === 'orders-staging',
    );
    expect(none).toEqual([]);

    await run({ ...start, withoutClaim: true });
    await untilRunning('staging', 1);
  });
});

function digestOf(bytes: ArrayBuffer): string {
  const hash = createHash('sha256').update(new Uint8Array(bytes));
  return `sha256:${hash.digest('hex')}`;
}
