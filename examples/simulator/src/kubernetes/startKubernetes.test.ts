// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApiClient } from './contract/ApiClient';
import { at, itemsOf } from './contract/ContractNamespace';
import { deploymentManifest } from './contract/deploymentManifest';
import {
  startKubernetes,
  type RunningKubernetes,
  type StartKubernetesOptions,
} from './startKubernetes';

const FAST = {
  startAfterMs: 5,
  readyAfterMs: 10,
  crashAfterMs: 5,
  restartAfterMs: 100,
  retryAfterMs: 100,
  terminateAfterMs: 5,
  jobTakesMs: 10,
  progressDeadlineMs: 300,
};
const SHOP = '/apis/apps/v1/namespaces/web/deployments/shop';

describe('startKubernetes', () => {
  let stop: AbortController;
  let running: RunningKubernetes;
  const start = async (options: Partial<StartKubernetesOptions> = {}) => {
    stop = new AbortController();
    running = await startKubernetes({
      port: 0,
      host: 'localhost',
      clusterName: 'local',
      tokens: [{ token: 'all', user: 'admin' }],
      clock: { now: () => new Date() },
      signal: stop.signal,
      log: () => {},
      timing: FAST,
      ...options,
    });
    running.controls.ensureNamespace('web');
    return new ApiClient({ url: running.url, token: 'all' });
  };
  const end = async () => {
    stop.abort();
    await running.stopped;
  };
  afterEach(end);

  const deploy = (client: ApiClient, image: string) =>
    client.ok({
      method: 'PATCH',
      path: `${SHOP}?fieldManager=test`,
      contentType: 'application/apply-patch+yaml',
      body: deploymentManifest({ name: 'shop', image, replicas: 2 }),
    });
  const until = async (client: ApiClient, text: string) => {
    const deadline = Date.now() + 25_000;
    for (;;) {
      const body = await client.ok({ path: SHOP });
      if (JSON.stringify(body.status ?? {}).includes(text)) {
        return body;
      }
      if (Date.now() > deadline) {
        throw new Error(`Never ${text}: ${JSON.stringify(body.status)}`);
      }
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    }
  };
  const waitingReasons = async (client: ApiClient) =>
    itemsOf(await client.ok({ path: '/api/v1/namespaces/web/pods' })).flatMap(
      pod => at(pod, 'status.containerStatuses.0.state.waiting.reason') ?? [],
    );

  /** A crashing container runs between two back-offs, so one look may miss it. */
  const untilWaiting = async (client: ApiClient, reason: RegExp) => {
    const deadline = Date.now() + 25_000;
    let seen: unknown[] = [];
    while (!seen.some(text => reason.test(String(text)))) {
      if (Date.now() > deadline) {
        throw new Error(`Never ${reason}: ${JSON.stringify(seen)}`);
      }
      seen = await waitingReasons(client);
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    }
  };

  it('listens on loopback only', async () => {
    await start();
    await expect(
      startKubernetes({
        port: 0,
        host: '0.0.0.0',
        clusterName: 'open',
        tokens: [],
        clock: { now: () => new Date() },
        signal: stop.signal,
        log: () => {},
      }),
    ).rejects.toThrow(/only listens on loopback, not on 0\.0\.0\.0/);
  });

  it('lets a token do what its rules say and no more', async () => {
    await start({
      tokens: [
        {
          token: 'watcher',
          user: 'watcher',
          rules: [
            {
              apiGroups: ['apps'],
              resources: ['deployments'],
              verbs: ['get', 'list'],
            },
            {
              apiGroups: [''],
              resources: ['pods'],
              verbs: ['list'],
              namespaces: ['web'],
            },
          ],
        },
      ],
    });
    const watcher = new ApiClient({ url: running.url, token: 'watcher' });
    const statusOf = async (path: string) =>
      (await watcher.send({ path })).status;
    await expect(statusOf('/apis/apps/v1/deployments')).resolves.toBe(200);
    await expect(statusOf('/api/v1/namespaces/web/pods')).resolves.toBe(200);
    await expect(statusOf('/api/v1/pods')).resolves.toBe(403);
    await expect(
      watcher.send({ path: '/api/v1/namespaces/web/secrets' }),
    ).resolves.toMatchObject({
      status: 403,
      body: {
        reason: 'Forbidden',
        message:
          'secrets is forbidden: User "watcher" cannot list resource "secrets" in API group "" in the namespace "web"',
      },
    });
    expect(running.controls.requests.at(-1)).toMatchObject({
      verb: 'list',
      resource: 'secrets',
      user: 'watcher',
    });
    running.controls.revokeToken('watcher');
    await expect(statusOf('/apis/apps/v1/deployments')).resolves.toBe(401);
  });

  it.each([
    { failure: { kind: 'crash-loop' as const }, reason: 'CrashLoopBackOff' },
    { failure: { kind: 'image-pull' as const }, reason: 'ImagePullBackOff' },
  ])(
    'breaks the next rollout ($reason) and no other',
    async ({ failure, reason }) => {
      const client = await start();
      await deploy(client, 'shop:1');
      await until(client, 'NewReplicaSetAvailable');

      running.controls.failNextRollout(
        { namespace: 'web', name: 'shop' },
        failure,
      );
      await deploy(client, 'shop:2');
      const stuck = await until(client, 'ProgressDeadlineExceeded');
      expect(at(stuck, 'status.availableReplicas')).toBe(2);
      await untilWaiting(client, new RegExp(`${reason}|ErrImagePull`));

      await deploy(client, 'shop:1');
      await until(client, 'NewReplicaSetAvailable');
      await expect(waitingReasons(client)).resolves.toEqual([]);
      await deploy(client, 'shop:2');
      await until(client, 'ProgressDeadlineExceeded');
      running.controls.heal({ namespace: 'web', name: 'shop' });
      await until(client, 'NewReplicaSetAvailable');
    },
    30_000,
  );

  it('keeps its state over a restart and never gives a version twice', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'cluster-'));
    try {
      let client = await start({ dataDir });
      await deploy(client, 'shop:1');
      const before = await until(client, 'NewReplicaSetAvailable');
      running.controls.failNextRollout(
        { namespace: 'web', name: 'shop' },
        { kind: 'crash-loop' },
      );
      const versionBefore = running.store.resourceVersion;
      await end();

      client = await start({ dataDir });
      expect(running.store.resourceVersion).toBeGreaterThan(versionBefore);
      const after = await client.ok({ path: SHOP });
      expect(after).toEqual(before);
      const watch = await client.watch(
        `/apis/apps/v1/deployments?watch=true&resourceVersion=${versionBefore}`,
      );
      await expect(watch.next()).resolves.toMatchObject({
        type: 'ERROR',
        object: { code: 410 },
      });
      await deploy(client, 'shop:2');
      await until(client, 'ProgressDeadlineExceeded');
    } finally {
      await end();
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it('can be dropped, and comes back on the same port', async () => {
    const client = await start();
    const watch = await client.watch('/api/v1/pods?watch=true');
    await running.controls.setReach({ kind: 'dropped' });
    await expect(watch.next()).rejects.toThrow();
    await expect(client.send({ path: '/version' })).rejects.toThrow();
    expect(running.controls.reach).toEqual({ kind: 'dropped' });
    await running.controls.setReach({ kind: 'normal' });
    await expect(client.send({ path: '/version' })).resolves.toMatchObject({
      status: 200,
    });
  });

  it('can go silent: nothing is answered, open watches say no more', async () => {
    const client = await start({ bookmarkEveryMs: 20 });
    const watch = await client.watch(
      '/api/v1/configmaps?watch=true&allowWatchBookmarks=true',
    );
    await watch.nextOf('BOOKMARK');
    await running.controls.setReach({ kind: 'silent' });
    await expect(
      fetch(`${running.url}/version`, { signal: AbortSignal.timeout(150) }),
    ).rejects.toThrow(/timeout/);
    const later = watch.next();
    await running.controls.setReach({ kind: 'normal' });
    await expect(later).rejects.toThrow();
    await expect(client.send({ path: '/version' })).resolves.toMatchObject({
      status: 200,
    });
  });

  it('can be slow, and keeps the order of a watch', async () => {
    const client = await start();
    const watch = await client.watch(
      '/api/v1/namespaces/web/configmaps?watch=true&resourceVersion=1',
    );
    await running.controls.setReach({ kind: 'slow', delayMs: 60 });
    const began = Date.now();
    for (const name of ['a', 'b', 'c']) {
      running.api.create(running.kinds.get('ConfigMap'), {
        namespace: 'web',
        manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
      });
    }
    const names: unknown[] = [];
    for (let count = 0; count < 3; count += 1) {
      names.push(at((await watch.nextOf('ADDED')).object, 'metadata.name'));
    }
    expect(names).toEqual(['a', 'b', 'c']);
    expect(Date.now() - began).toBeGreaterThanOrEqual(50);
    watch.close();
  });

  it('serves the official client', async () => {
    const client = await start();
    await deploy(client, 'shop:1');
    await until(client, 'NewReplicaSetAvailable');
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(__dirname, '__testUtils__', 'driveOfficialClient.mjs'),
      running.url,
      'all',
      'web',
    ]);
    expect(JSON.parse(stdout)).toEqual({
      available: [2],
      refused: 404,
      watched: ['ADDED driven', 'DELETED driven'],
    });
  });
});
