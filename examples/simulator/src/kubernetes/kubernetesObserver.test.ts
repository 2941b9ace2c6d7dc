// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesObserver } from 'backstage-plugin-delivery-backend-module-kubernetes';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import type { ObservationTarget } from 'backstage-plugin-delivery-node';
import { describeEnvironmentObserver } from 'backstage-plugin-delivery-node/testUtils';
import { shippedRole, type RoleFile } from './__testUtils__/shippedRole';
import { deploymentManifest } from './contract/deploymentManifest';
import { startKubernetes, type RunningKubernetes } from './startKubernetes';

const TIMING = {
  startAfterMs: 10,
  readyAfterMs: 20,
  crashAfterMs: 10,
  restartAfterMs: 200,
  retryAfterMs: 100,
  terminateAfterMs: 10,
  jobTakesMs: 10,
  progressDeadlineMs: 500,
};
const TARGET: ObservationTarget = {
  service: 'component:default/shop',
  environment: 'prod',
  cluster: 'local',
  namespace: 'shop-prod',
  selector: 'app=shop',
};
const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;

/** The rules of the role that the module ships, and nothing beyond them. */
const shippedRules = (file: RoleFile = 'rbac.yaml') => shippedRole(file).rules;

async function startCluster(signal: AbortSignal): Promise<RunningKubernetes> {
  const running = await startKubernetes({
    port: 0,
    host: '127.0.0.1',
    clusterName: 'local',
    tokens: [
      { token: 'watcher', user: 'watcher', rules: shippedRules() },
      {
        token: 'reader',
        user: 'reader',
        rules: [...shippedRules(), ...shippedRules('rbac-logs.yaml')],
      },
    ],
    clock: { now: () => new Date() },
    signal,
    log: () => {},
    timing: TIMING,
    bookmarkEveryMs: 50,
  });
  running.controls.ensureNamespace('shop-prod');
  running.controls.ensureNamespace('shared', {
    annotations: { 'delivery/entity-ref': 'component:default/orders' },
  });
  return running;
}

function deploy(running: RunningKubernetes, digest: string): void {
  const image = `registry.example.test/shop@${digest}`;
  running.api.apply(
    {
      kind: running.kinds.get('Deployment'),
      namespace: 'shop-prod',
      name: 'shop',
    },
    {
      manifest: deploymentManifest({ name: 'shop', image, replicas: 2 }),
      fieldManager: 'test',
    },
  );
}

function observerOf(
  running: RunningKubernetes,
  token = 'watcher',
): KubernetesObserver {
  return KubernetesObserver.create({
    clusters: [
      {
        name: 'local',
        url: running.url,
        serviceAccountToken: token,
        skipTlsVerify: false,
      },
    ],
    logger: mockServices.logger.mock({
      child: () => mockServices.logger.mock(),
    }),
    timing: {
      silenceMs: 500,
      answerMs: 100,
      firstPauseMs: 10,
      longestPauseMs: 200,
      gatherMs: 10,
      heartbeatMs: 100,
    },
  });
}

describeEnvironmentObserver('Kubernetes on the simulated cluster', async () => {
  const stop = new AbortController();
  const running = await startCluster(stop.signal);
  deploy(running, digestOf('a'));
  return {
    observer: observerOf(running),
    target: TARGET,
    foreignTarget: { ...TARGET, namespace: 'shared', contested: true },
    deploy: async digest => deploy(running, digest),
    takeDown: () => void running.controls.setReach({ kind: 'dropped' }),
    bringBack: () => void running.controls.setReach({ kind: 'normal' }),
    stop: async () => {
      stop.abort();
      await running.stopped;
    },
  };
});

describe('KubernetesObserver on the simulated cluster', () => {
  let stop: AbortController;
  let running: RunningKubernetes;
  let observations: Observation[];
  let states: SourceState[];

  beforeEach(async () => {
    stop = new AbortController();
    observations = [];
    states = [];
    running = await startCluster(stop.signal);
  });
  afterEach(async () => {
    stop.abort();
    await running.stopped;
  });

  const observe = (target = TARGET) =>
    observerOf(running).observe(
      { current: () => [target], onChange: () => {} },
      {
        onObservation: each => observations.push(each),
        onSource: each => states.push(each),
        signal: stop.signal,
      },
    );
  const last = () => observations.at(-1);
  const until = async (what: string, holds: () => boolean) => {
    const deadline = Date.now() + 100_000;
    while (!holds()) {
      if (Date.now() > deadline) {
        throw new Error(
          `Never ${what}: ${JSON.stringify([last(), states.at(-1)])}`,
        );
      }
      await new Promise(resolve => {
        setTimeout(resolve, 10);
      });
    }
  };
  const healthyWith = (digest: string) => () =>
    last()?.health === 'healthy' &&
    last()?.workloads[0]?.images.length === 1 &&
    last()?.workloads[0]?.images[0]?.digest === digest;

  it.each([
    {
      kind: 'crash-loop' as const,
      says: /CrashLoopBackOff: back-off .* restarting/,
    },
    {
      kind: 'image-pull' as const,
      says: /ImagePullBackOff: Back-off pulling image/,
    },
  ])(
    'sees a rollout fail ($kind), the old one serve on, and the way back',
    async ({ kind, says }) => {
      deploy(running, digestOf('a'));
      await observe();
      await until('healthy', healthyWith(digestOf('a')));
      running.controls.failNextRollout(
        { namespace: 'shop-prod', name: 'shop' },
        { kind },
      );
      deploy(running, digestOf('b'));
      await until('given up', () =>
        Boolean(
          last()?.workloads[0]?.message?.includes('timed out progressing'),
        ),
      );
      expect(last()).toMatchObject({ health: 'unhealthy' });
      expect(last()?.workloads[0]).toMatchObject({ ready: 2, desired: 2 });
      expect(last()?.workloads[0]?.images.map(each => each.digest)).toEqual([
        digestOf('a'),
      ]);
      await until('the reason', () =>
        says.test(last()?.workloads[0]?.message ?? ''),
      );
      await until('what the cluster warned of', () =>
        Boolean(last()?.workloads[0]?.events?.some(event => event.message)),
      );

      deploy(running, digestOf('a'));
      await until('healthy again', healthyWith(digestOf('a')));
    },
    120_000,
  );

  it('needs the role that it ships and nothing beyond it', async () => {
    deploy(running, digestOf('a'));
    await observe({ ...TARGET, namespace: 'shared', contested: true });
    await until('a refusal', () => last()?.refused !== undefined);
    await until('live', () => states.at(-1)?.state === 'live');
    const asked = running.controls.requests.map(
      ({ verb, resource }) => `${verb} ${resource}`,
    );
    expect(new Set(asked)).toEqual(
      new Set([
        ...[
          'pods',
          'deployments',
          'replicasets',
          'statefulsets',
          'daemonsets',
        ].flatMap(resource => [`list ${resource}`, `watch ${resource}`]),
        'get namespaces',
      ]),
    );
    const resources = shippedRules().flatMap(rule => rule.resources);
    expect(resources).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/secrets|configmaps|\*/)]),
    );
    const verbs = shippedRules().flatMap(rule => rule.verbs);
    expect(new Set(verbs)).toEqual(new Set(['get', 'list', 'watch']));
  });

  it.each([
    { token: 'reader', answer: expect.stringMatching(/^shop-/) },
    { token: 'watcher', answer: expect.stringContaining('(403)') },
  ])(
    'reads the logs of its own Pods with the role for it, as $token',
    async ({ answer, token }) => {
      deploy(running, digestOf('a'));
      const observer = observerOf(running, token);
      await observer.observe(
        { current: () => [TARGET], onChange: () => {} },
        {
          onObservation: each => observations.push(each),
          onSource: each => states.push(each),
          signal: stop.signal,
        },
      );
      await until('healthy', healthyWith(digestOf('a')));
      const read = (pod?: string) =>
        observer.readLogs({
          service: TARGET.service,
          environment: TARGET.environment,
          ...(pod ? { pod } : {}),
          previous: false,
          mostBytes: 1_000,
          signal: stop.signal,
        });
      const said = read().then(answered => answered?.pod, String);
      await expect(said).resolves.toEqual(answer);
      await expect(read('of-another-service')).rejects.toThrow(
        'has no pod of-another-service',
      );
    },
    120_000,
  );

  it('survives silence, a forgotten history and an expired token', async () => {
    deploy(running, digestOf('a'));
    await observe();
    await until('healthy', healthyWith(digestOf('a')));
    await running.controls.setReach({ kind: 'silent' });
    await until('stale', () => states.at(-1)?.state === 'stale');
    deploy(running, digestOf('b'));
    running.controls.compact();
    await running.controls.setReach({ kind: 'normal' });
    await until('the new digest', healthyWith(digestOf('b')));
    await until('live', () => states.at(-1)?.state === 'live');
    expect(observations.every(each => each.workloads.length === 1)).toBe(true);

    running.controls.revokeToken('watcher');
    running.controls.cutConnections();
    await until('a refused token', () =>
      Boolean(states.at(-1)?.reason?.includes('(401)')),
    );
  }, 120_000);

  it('sees what a person changed by hand, and a Deployment made anew', async () => {
    deploy(running, digestOf('a'));
    await observe();
    await until('healthy', healthyWith(digestOf('a')));
    const key = {
      kind: running.kinds.get('Deployment'),
      namespace: 'shop-prod',
      name: 'shop',
    };
    running.api.delete(key);
    await until('missing', () => last()?.health === 'missing');
    deploy(running, digestOf('c'));
    await until('healthy', healthyWith(digestOf('c')));
    expect(last()?.workloads).toHaveLength(1);
  }, 120_000);
});
