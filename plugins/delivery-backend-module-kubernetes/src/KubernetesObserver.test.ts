// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import type { ObservationTarget } from 'backstage-plugin-delivery-node';
import { describeEnvironmentObserver } from 'backstage-plugin-delivery-node/testUtils';
import { ScriptedCluster } from './__testUtils__/ScriptedCluster';
import {
  deploymentObjects,
  putDeployment,
} from './__testUtils__/scriptedDeployment';
import { KubernetesObserver } from './KubernetesObserver';
import type { WatchTiming } from './watch/WatchTiming';

jest.setTimeout(30_000);

const FAST: WatchTiming = {
  silenceMs: 400,
  answerMs: 1_000,
  firstPauseMs: 10,
  longestPauseMs: 100,
  shortestWatchMs: 20,
  gatherMs: 5,
  heartbeatMs: 50,
};
const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const TARGET: ObservationTarget = {
  service: 'component:default/shop',
  environment: 'prod',
  cluster: 'local',
  namespace: 'shop-prod',
  selector: 'backstage.io/kubernetes-id=shop',
};
const SHOP = { name: 'shop', namespace: 'shop-prod' };

function observerOf(
  cluster: ScriptedCluster,
  settings: { helmReleases?: boolean } = {},
) {
  return KubernetesObserver.create({
    clusters: [
      {
        name: 'local',
        url: cluster.url,
        serviceAccountToken: 'watcher',
        skipTlsVerify: false,
        ...settings,
      },
    ],
    logger: mockServices.logger.mock({
      child: () => mockServices.logger.mock(),
    }),
    timing: FAST,
  });
}

describeEnvironmentObserver('Kubernetes', async () => {
  const cluster = await ScriptedCluster.start();
  putDeployment(cluster, { ...SHOP, digest: DIGEST });
  cluster.namespaces.set('shared', {
    kind: 'Namespace',
    metadata: {
      annotations: { 'delivery/entity-ref': 'component:default/orders' },
    },
  });
  const bookmarks = setInterval(() => cluster.bookmark(), 100);
  return {
    observer: observerOf(cluster),
    target: TARGET,
    foreignTarget: { ...TARGET, namespace: 'shared', contested: true },
    deploy: async digest => putDeployment(cluster, { ...SHOP, digest }),
    takeDown: () => cluster.takeDown(),
    bringBack: () => void cluster.bringBack(),
    stop: async () => {
      clearInterval(bookmarks);
      cluster.takeDown();
    },
  };
});

describe('KubernetesObserver', () => {
  let cluster: ScriptedCluster;
  let stop: AbortController;
  let observations: Observation[];
  let states: SourceState[];
  let bookmarks: NodeJS.Timeout;
  let listeners: (() => void)[];

  beforeEach(async () => {
    cluster = await ScriptedCluster.start();
    stop = new AbortController();
    observations = [];
    states = [];
    listeners = [];
    bookmarks = setInterval(() => cluster.bookmark(), 100);
  });
  afterEach(() => {
    clearInterval(bookmarks);
    stop.abort();
    cluster.takeDown();
  });

  const observe = (
    targets: () => readonly ObservationTarget[] = () => [TARGET],
  ) =>
    observerOf(cluster).observe(
      { current: targets, onChange: listener => listeners.push(listener) },
      {
        onObservation: each => observations.push(each),
        onSource: each => states.push(each),
        signal: stop.signal,
      },
    );
  const until = async (what: string, holds: () => boolean) => {
    const deadline = Date.now() + 25_000;
    while (!holds()) {
      if (Date.now() > deadline) {
        throw new Error(
          `Never ${what}: ${JSON.stringify([
            observations.at(-1),
            states.at(-1),
          ])}`,
        );
      }
      await new Promise(resolve => {
        setTimeout(resolve, 5);
      });
    }
  };
  const untilDigest = (digest: string) =>
    until(
      digest,
      () => observations.at(-1)?.workloads[0]?.images[0]?.digest === digest,
    );
  const untilState = (state: SourceState['state']) =>
    until(state, () => states.at(-1)?.state === state);

  it('tells what runs, in words of delivery, and nothing more', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observe();
    await untilDigest(DIGEST);
    expect(observations).toEqual([
      {
        service: 'component:default/shop',
        environment: 'prod',
        observedAt: expect.stringMatching(/Z$/),
        health: 'healthy',
        workloads: [
          {
            kind: 'Deployment',
            name: 'shop',
            ready: 1,
            updated: 1,
            desired: 1,
            restarts: 0,
            chart: 'shop-1.2.44',
            health: 'healthy',
            images: [
              { name: 'registry.example.test/team/shop', digest: DIGEST },
            ],
          },
        ],
      },
    ]);
    expect(JSON.stringify([observations, states])).not.toContain('canary');
  });

  it("tells every time by the plugin's clock", async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observerOf(cluster).observe(
      { current: () => [TARGET], onChange: () => {} },
      {
        onObservation: each => observations.push(each),
        onSource: each => states.push(each),
        clock: { now: () => new Date('2030-01-01T00:00:00Z') },
        signal: stop.signal,
      },
    );
    await untilDigest(DIGEST);
    await untilState('live');
    expect(observations[0].observedAt).toBe('2030-01-01T00:00:00.000Z');
    expect(states.at(-1)?.seenAt).toBe('2030-01-01T00:00:00.000Z');
  });

  it('asks for nothing but the five kinds, page by page, and then only watches', async () => {
    cluster.pageSize = 2;
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    for (const namespace of ['one', 'two', 'three']) {
      putDeployment(cluster, { ...SHOP, namespace, digest: OTHER });
    }
    await observe();
    await until('five watches', () => cluster.watching === 5);
    const asked = cluster.requests.map(
      each => new URL(each, 'http://localhost').pathname,
    );
    expect(new Set(asked)).toEqual(
      new Set([
        '/api/v1/pods',
        '/apis/apps/v1/deployments',
        '/apis/apps/v1/replicasets',
        '/apis/apps/v1/statefulsets',
        '/apis/apps/v1/daemonsets',
      ]),
    );
    const lists = cluster.requests.filter(
      each => each.startsWith('/api/v1/pods') && !each.includes('watch='),
    );
    expect(lists).toEqual([
      '/api/v1/pods?limit=500',
      '/api/v1/pods?limit=500&continue=2',
    ]);
    const watch = cluster.requests.find(each => each.includes('watch=true'));
    expect(watch).toMatch(
      /allowWatchBookmarks=true&resourceVersion=\d+&timeoutSeconds=2\d\d$/,
    );
    const before = cluster.requests.length;
    putDeployment(cluster, { ...SHOP, digest: OTHER });
    await untilDigest(OTHER);
    expect(cluster.requests).toHaveLength(before);
  });

  it('says missing only after everything was listed, and unknown never by an empty list', async () => {
    cluster.goSilent();
    await observe();
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
    expect(observations).toEqual([]);
    cluster.speakAgain();
    await until('an observation', () => observations.length > 0);
    expect(observations[0]).toMatchObject({ health: 'missing', workloads: [] });
  });

  it('says nothing again when nothing that it shows has changed', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observe();
    await untilDigest(DIGEST);
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    putDeployment(cluster, { ...SHOP, name: 'other', digest: OTHER });
    putDeployment(cluster, { ...SHOP, digest: OTHER });
    await untilDigest(OTHER);
    expect(
      observations.filter(
        each => each.workloads[0]?.images[0]?.digest === DIGEST,
      ),
    ).toHaveLength(1);
  });

  it('goes on from the last version when a watch ends or is cut', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observe();
    await until('five watches', () => cluster.watching === 5);
    const watches = () =>
      cluster.requests.filter(each => each.includes('watch=')).length;
    cluster.endWatches();
    await until('five more watches', () => watches() === 10);
    await until('them open', () => cluster.watching === 5);
    cluster.cut();
    putDeployment(cluster, { ...SHOP, digest: OTHER });
    await untilDigest(OTHER);
    await until('five more once more', () => watches() === 15);
    const lists = cluster.requests.filter(each => !each.includes('watch='));
    expect(lists).toHaveLength(5);
    expect(states.some(each => each.state === 'stale')).toBe(false);
  });

  it('lists anew when its version is too old, without ever showing less', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observe();
    await until('five watches', () => cluster.watching === 5);
    await untilDigest(DIGEST);
    for (const object of deploymentObjects({ ...SHOP, digest: OTHER })) {
      cluster.putSecretly(object);
    }
    cluster.compact();
    cluster.endWatches();
    await untilDigest(OTHER);
    expect(observations.every(each => each.workloads.length === 1)).toBe(true);
    expect(states.some(each => each.state === 'stale')).toBe(false);
  });

  it.each([
    { fault: 'is no JSON', line: '{"type":"ADDED","obj\n' },
    {
      fault: 'has no identity',
      line: '{"type":"ADDED","object":{"metadata":{}}}\n',
    },
    { fault: 'is too long', line: `"${'x'.repeat(3 * 1024 * 1024 + 1)}"\n` },
    {
      fault: 'pollutes',
      line: '{"__proto__":{"type":"ADDED"},"type":"ODD","object":{"metadata":{"resourceVersion":"1"}}}\n',
    },
  ])('lists anew after a line that $fault', async ({ line }) => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observe();
    await until('five watches', () => cluster.watching === 5);
    await untilDigest(DIGEST);
    const pods = () =>
      cluster.requests.filter(
        each => each.startsWith('/api/v1/pods') && !each.includes('watch='),
      ).length;
    cluster.say('Pod', line);
    await until('a second list', () => pods() === 2);
    await until('live', () => states.at(-1)?.state === 'live');
    putDeployment(cluster, { ...SHOP, digest: OTHER });
    await untilDigest(OTHER);
    expect(observations).toHaveLength(2);
  });

  it('takes a silent cluster for stale, keeps what it saw, and recovers', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observe();
    await untilDigest(DIGEST);
    await untilState('live');
    cluster.goSilent();
    await untilState('stale');
    expect(states.at(-1)).toMatchObject({
      source: 'kubernetes',
      id: 'local',
      reason: expect.stringMatching(
        /has said nothing for|did not answer within/,
      ),
      since: expect.any(String),
    });
    expect(observations).toHaveLength(1);
    putDeployment(cluster, { ...SHOP, digest: OTHER });
    cluster.speakAgain();
    await untilDigest(OTHER);
    await untilState('live');
  }, 30_000);

  it('does not believe a way that opens watches and swallows what they say', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    cluster.lie = ({ watching }, response) => {
      if (watching) {
        response.writeHead(200).flushHeaders();
      }
      return watching;
    };
    await observe();
    await untilDigest(DIGEST);
    putDeployment(cluster, { ...SHOP, digest: OTHER });
    await untilDigest(OTHER);
    await untilState('stale');
    expect(states.at(-1)?.reason).toMatch(/has said nothing for/);
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await until('seen all the same', () => observations.length === 3);
    expect(states.at(-1)?.state).toBe('stale');
    cluster.lie = undefined;
    await untilState('live');
  });

  it('takes half a change that never ends for silence', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    clearInterval(bookmarks);
    bookmarks = setInterval(() => {
      ['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].forEach(
        kind => cluster.say(kind, ' '),
      );
    }, 50);
    await observe();
    await untilDigest(DIGEST);
    await untilState('stale');
    expect(states.at(-1)?.reason).toMatch(/has said nothing for/);
  });

  it('never asks for Secrets unless it is to read what Helm recorded', async () => {
    cluster.forbidden.add('Secret');
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observe();
    await untilDigest(DIGEST);
    expect(cluster.requests.some(each => each.includes('secrets'))).toBe(false);
  });

  it('reads what Helm recorded where it is to, and lives on where it may not', async () => {
    cluster.forbidden.add('Secret');
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observerOf(cluster, { helmReleases: true }).observe(
      { current: () => [TARGET], onChange: () => {} },
      {
        onObservation: each => observations.push(each),
        onSource: each => states.push(each),
        signal: stop.signal,
      },
    );
    const lastOf = (source: string) =>
      states.filter(each => each.source === source).at(-1);
    await until('refused', () => lastOf('helm')?.state === 'stale');
    await until('live', () => lastOf('kubernetes')?.state === 'live');
    await untilDigest(DIGEST);
    expect(lastOf('helm')?.reason).toContain('may not look (403)');
    cluster.put({
      kind: 'Secret',
      metadata: {
        uid: 'record',
        name: 'sh.helm.release.v1.shop.v4',
        namespace: 'shop-prod',
        labels: { owner: 'helm', name: 'shop', version: '4', status: 'failed' },
      },
      data: { release: 'canary' },
    });
    cluster.forbidden.clear();
    await until('a record', () =>
      Boolean(observations.at(-1)?.helmReleases?.length),
    );
    expect(observations.at(-1)?.helmReleases).toEqual([
      {
        name: 'shop',
        revision: 4,
        status: 'failed',
        digest: expect.stringMatching(/^sha256:/),
      },
    ]);
    expect(observations.at(-1)?.health).toBe('healthy');
    await until('live', () => lastOf('helm')?.state === 'live');
    const asked = cluster.requests.filter(each => each.includes('secrets'));
    expect(
      asked.every(each =>
        each.includes(
          'fieldSelector=type%3Dhelm.sh%2Frelease.v1&labelSelector=owner%3Dhelm%2Cstatus%21%3Dsuperseded',
        ),
      ),
    ).toBe(true);
  });

  it('says which kind may not be seen, and shows nothing by halves', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    cluster.forbidden.add('Pod');
    await observe();
    const said = /may not look \(403\).*\(Pods\)$/;
    await until('refused', () => said.test(states.at(-1)?.reason ?? ''));
    expect(observations).toEqual([]);
    cluster.forbidden.clear();
    await untilDigest(DIGEST);
  });

  it('names a refused token', async () => {
    cluster.token = 'another';
    await observe();
    await untilState('stale');
    expect(states.at(-1)?.reason).toBe(
      'The cluster does not accept the token of the service account (401)',
    );
  });

  it('tells of a Pod that cannot run in the words of the cluster', async () => {
    putDeployment(cluster, {
      ...SHOP,
      digest: DIGEST,
      waiting: {
        reason: 'ImagePullBackOff',
        message: 'Back-off pulling image "x"',
      },
    });
    await observe();
    await until('unhealthy', () => observations.at(-1)?.health === 'unhealthy');
    expect(observations.at(-1)?.workloads[0]).toMatchObject({
      ready: 0,
      message: 'shop-pod: ImagePullBackOff: Back-off pulling image "x"',
    });
  });

  it('asks for warnings of one namespace after another, however many fail at once', async () => {
    const targets = Array.from({ length: 40 }, (_, index) => ({
      ...TARGET,
      service: `component:default/shop-${index}`,
      namespace: `shop-${index}`,
    }));
    for (const { namespace } of targets) {
      putDeployment(cluster, {
        name: 'shop',
        namespace,
        digest: DIGEST,
        waiting: { reason: 'ImagePullBackOff', message: 'no such image' },
      });
    }
    await observe(() => targets);
    const asked = () =>
      new Set(cluster.requests.filter(each => each.includes('/events'))).size;
    await until('all asked', () => asked() === targets.length);
    expect(cluster.eventsAtOnce).toBe(1);
  });

  it('honours a contested namespace only for the service that it names', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    const contested = { ...TARGET, contested: true };
    const name = (entityRef: string) =>
      cluster.namespaces.set('shop-prod', {
        kind: 'Namespace',
        metadata: { annotations: { 'delivery/entity-ref': entityRef } },
      });
    await observe(() => [contested]);
    await until('a refusal', () => observations.at(-1)?.refused !== undefined);
    expect(observations.at(-1)?.refused).toContain(
      'annotate it with delivery/entity-ref: component:default/shop',
    );
    name('component:default/orders');
    await until('another refusal', () =>
      Boolean(observations.at(-1)?.refused?.includes('belongs to another one')),
    );
    name('Component:default/Shop');
    await untilDigest(DIGEST);
    expect(observations.at(-1)?.refused).toBeUndefined();
  });

  it('keeps what it showed of a contested namespace while that cannot be asked for', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    cluster.namespaces.set('shop-prod', {
      kind: 'Namespace',
      metadata: { annotations: { 'delivery/entity-ref': TARGET.service } },
    });
    await observe(() => [{ ...TARGET, contested: true }]);
    await untilDigest(DIGEST);
    cluster.namespaceStatus = 503;
    const asked = () =>
      cluster.requests.filter(each => each.includes('/namespaces/')).length;
    const before = asked();
    await until('asked again', () => asked() > before + 3);
    expect(observations.every(each => each.refused === undefined)).toBe(true);
    cluster.namespaceStatus = 403;
    await until('a refusal', () => observations.at(-1)?.refused !== undefined);
  });

  it('is stale when a new list does not come to its end', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    await observe();
    await untilDigest(DIGEST);
    await untilState('live');
    let pages = 0;
    cluster.lie = ({ kind, watching }, response) => {
      if (kind !== 'Pod' || watching) {
        return false;
      }
      pages += 1;
      const metadata = { resourceVersion: '9', continue: String(pages) };
      setTimeout(
        () => response.end(JSON.stringify({ metadata, items: [] })),
        20,
      );
      return true;
    };
    deploymentObjects({ ...SHOP, digest: OTHER }).forEach(object =>
      cluster.putSecretly(object),
    );
    cluster.compact();
    cluster.endWatches();
    await untilState('stale');
    expect(states.at(-1)?.reason).toContain('not listed everything within');
    expect(observations.every(each => each.workloads.length === 1)).toBe(true);
    cluster.lie = undefined;
    cluster.cut();
    await untilState('live');
    await untilDigest(OTHER);
  });

  it('refuses a cluster that is not configured and a selector that is none', async () => {
    await observe(() => [
      { ...TARGET, cluster: 'elsewhere' },
      { ...TARGET, environment: 'dev', selector: 'not a selector' },
    ]);
    await until('two refusals', () => observations.length === 2);
    expect(observations.map(each => each.refused)).toEqual([
      'Cluster elsewhere is not among the clusters of kubernetes.clusterLocatorMethods',
      expect.stringContaining('"not a selector" is no label selector'),
    ]);
    expect(states).toContainEqual(
      expect.objectContaining({ id: 'elsewhere', state: 'stale' }),
    );
  });

  it('follows the targets as they change', async () => {
    putDeployment(cluster, { ...SHOP, digest: DIGEST });
    let targets: ObservationTarget[] = [];
    await observe(() => targets);
    expect(cluster.requests).toEqual([]);
    targets = [TARGET];
    listeners.forEach(listener => listener());
    await untilDigest(DIGEST);
    targets = [
      TARGET,
      { ...TARGET, environment: 'staging', namespace: 'shop-staging' },
    ];
    listeners.forEach(listener => listener());
    await until(
      'staging',
      () => observations.at(-1)?.environment === 'staging',
    );
    expect(observations.map(each => each.environment)).toEqual([
      'prod',
      'staging',
    ]);
    expect(cluster.watching).toBe(5);
  });
});
