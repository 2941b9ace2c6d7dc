// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdjustableClock } from '../clock';
import { readSimulatorConfig } from '../config';
import { RunningSimulator, startSimulator } from '../startSimulator';
import { until } from '../testing/until';
import type { CommandInput } from './commandSchema';

const TOKEN = 'token-of-the-portal';

jest.setTimeout(30_000);

describe('the control of the simulator', () => {
  let stop: AbortController;
  let directory: string;
  let clock: AdjustableClock;
  let simulator: RunningSimulator;

  async function start(): Promise<void> {
    stop = new AbortController();
    clock = new AdjustableClock();
    simulator = await startSimulator({
      config: readSimulatorConfig({
        dataDir: directory,
        vendors: ['github', 'charts', 'kubernetes'],
        github: { port: 0, accounts: [{ login: 'portal', token: TOKEN }] },
        charts: { port: 0 },
        kubernetes: {
          port: 0,
          tokens: [{ user: 'admin', token: TOKEN, access: 'all' }],
        },
      }),
      clock,
      signal: stop.signal,
      log: () => {},
    });
  }

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-'));
    await start();
  });

  afterEach(async () => {
    stop.abort();
    await simulator.stopped;
    await rm(directory, { recursive: true, force: true });
  });

  const run = (command: CommandInput) => simulator.control.run(command);

  const api = (path: string, init?: RequestInit) =>
    fetch(`${simulator.urls.github}/api/v3${path}`, {
      ...init,
      headers: { authorization: `token ${TOKEN}` },
    });

  async function makeService(): Promise<void> {
    for (const name of ['orders', 'orders-chart']) {
      const created = await api('/orgs/northwind/repos', {
        method: 'POST',
        body: JSON.stringify({ name }),
      });
      expect(created.status).toBe(201);
    }
    const put = (repo: string, path: string, text: string) =>
      api(`/repos/northwind/${repo}/contents/${path}`, {
        method: 'PUT',
        body: JSON.stringify({
          message: 'Begin',
          content: Buffer.from(text).toString('base64'),
        }),
      });
    await put('orders', 'README.md', '# Orders\n');
    await put('orders-chart', 'values.yaml', 'replicaCount: 1\n');
    await put('orders-chart', 'values-dev.yaml', '# few\nreplicaCount: 1\n');
  }

  const fileOf = async (repo: string, path: string) => {
    const response = await api(`/repos/northwind/${repo}/contents/${path}`);
    const { content } = await response.json();
    return Buffer.from(content, 'base64').toString();
  };

  it('pushes a source change and a value as commits that GitHub shows', async () => {
    await makeService();
    const pushed = await run({
      type: 'push-source',
      service: 'orders',
      message: 'Take more orders',
    });
    expect(pushed.message).toMatch(
      /^Committed [0-9a-f]{7} to northwind\/orders/,
    );
    expect(await fileOf('orders', 'CHANGES.md')).toContain('Take more orders');

    await run({
      type: 'change-value',
      service: 'orders',
      environment: 'dev',
      key: 'replicaCount',
      value: 3,
    });
    expect(await fileOf('orders-chart', 'values-dev.yaml')).toBe(
      '# few\nreplicaCount: 3\n',
    );
    await expect(
      run({
        type: 'change-value',
        service: 'orders',
        environment: 'dev',
        key: 'replicaCount',
        value: 3,
      }),
    ).rejects.toThrow('values-dev.yaml already has that content');

    const { services, journal } = await simulator.control.state();
    expect(services).toEqual([
      {
        name: 'orders',
        artifactRepository: 'northwind/orders',
        chartRepository: 'northwind/orders-chart',
        environments: ['dev'],
      },
    ]);
    expect(journal[0]).toMatchObject({
      where: 'control',
      text: expect.stringContaining('Set replicaCount to 3'),
    });
  });

  it('keeps the moved clock over a restart', async () => {
    await run({ type: 'move-clock', minutes: 30 });
    stop.abort();
    await simulator.stopped;
    await start();
    expect(clock.offsetMs).toBe(30 * 60_000);
  });

  it('takes a vendor down and brings it back', async () => {
    await run({ type: 'set-vendor', vendor: 'github', condition: 'down' });
    await expect(api('/user')).rejects.toThrow('fetch failed');
    const { vendors } = await simulator.control.state();
    expect(vendors).toContainEqual(
      expect.objectContaining({ name: 'github', condition: 'down' }),
    );
    await run({ type: 'set-vendor', vendor: 'github', condition: 'normal' });
    expect((await api('/user')).status).toBe(200);
  });

  it('breaks a rollout, and changes an image by hand', async () => {
    await fetch(`${simulator.urls.kubernetes}/api/v1/namespaces`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'orders-dev' },
      }),
    });
    const deployments = `${simulator.urls.kubernetes}/apis/apps/v1/namespaces/orders-dev/deployments`;
    const kubernetes = (path: string, init?: RequestInit) =>
      fetch(`${deployments}${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          'content-type': 'application/apply-patch+yaml',
        },
      });
    const apply = (image: string) =>
      kubernetes('/orders?fieldManager=test&force=true', {
        method: 'PATCH',
        body: JSON.stringify({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'orders' },
          spec: {
            replicas: 1,
            progressDeadlineSeconds: 2,
            selector: { matchLabels: { app: 'orders' } },
            template: {
              metadata: { labels: { app: 'orders' } },
              spec: { containers: [{ name: 'orders', image }] },
            },
          },
        }),
      });
    const image = (letter: string) =>
      `localhost:5000/orders@sha256:${letter.repeat(64)}`;
    const target = { service: 'orders', environment: 'dev' };
    await expect(run({ type: 'apply-image', ...target })).rejects.toThrow(
      'the namespace orders-dev has no Workload',
    );

    expect((await apply(image('a'))).status).toBe(201);
    await until(async () => {
      const { workloads } = await simulator.control.state();
      return workloads[0]?.ready === 1;
    });
    await run({ type: 'apply-image', ...target });
    const { workloads } = await simulator.control.state();
    expect(workloads).toEqual([
      expect.objectContaining({ namespace: 'orders-dev', name: 'orders' }),
    ]);
    expect(workloads[0].images[0]).toMatch(
      /^localhost:5000\/orders@sha256:(?!aaaa)[0-9a-f]{64}$/,
    );

    const status = async () =>
      (await (await kubernetes('/orders')).json()).status;
    await until(async () => {
      const { observedGeneration, updatedReplicas } = await status();
      return observedGeneration === 2 && updatedReplicas === 1;
    });

    await run({ type: 'fail-next-rollout', ...target });
    expect((await apply(image('b'))).status).toBe(200);
    await until(async () =>
      (
        await status()
      ).conditions.some(
        ({ reason }: { reason: string }) =>
          reason === 'ProgressDeadlineExceeded',
      ),
    );
  });

  it('silences the cluster but knows no errors of it', async () => {
    await run({ type: 'set-vendor', vendor: 'kubernetes', condition: 'down' });
    await expect(fetch(`${simulator.urls.kubernetes}/version`)).rejects.toThrow(
      'fetch failed',
    );
    await run({
      type: 'set-vendor',
      vendor: 'kubernetes',
      condition: 'normal',
    });
    expect(
      (await fetch(`${simulator.urls.kubernetes}/version`)).status,
    ).toBeLessThan(500);
    await expect(
      run({ type: 'set-vendor', vendor: 'kubernetes', condition: 'error' }),
    ).rejects.toThrow("cannot be put into the condition 'error'");
  });

  it('names the field of a command that it does not understand', async () => {
    await expect(
      simulator.control.run({ type: 'push-source' }),
    ).rejects.toThrow(/service/);
    await expect(simulator.control.run({ type: 'explode' })).rejects.toThrow(
      /type/,
    );
    await expect(
      run({ type: 'set-vendor', vendor: 'jenkins', condition: 'down' }),
    ).rejects.toThrow("'jenkins' is not simulated here");
  });
});
