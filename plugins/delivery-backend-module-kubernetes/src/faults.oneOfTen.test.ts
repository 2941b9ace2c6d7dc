// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import { seeded } from './__testUtils__/hostileText';
import { ScriptedCluster } from './__testUtils__/ScriptedCluster';
import { putDeployment } from './__testUtils__/scriptedDeployment';
import { KubernetesObserver } from './KubernetesObserver';
import type { WatchTiming } from './watch/WatchTiming';

const FULL = process.env.DELIVERY_FAULTS === 'full';
const CLUSTERS = 10;
const ROUNDS = FULL ? 60 : 6;
const CHANGES = FULL ? 60 : 25;
/** What is true is shown within so long, whatever happens to others. */
const TRUE_WITHIN_MS = 5_000;

const FAST: Partial<WatchTiming> = {
  silenceMs: 1_000,
  answerMs: 500,
  firstPauseMs: 5,
  longestPauseMs: 40,
  shortestWatchMs: 5,
  gatherMs: 2,
  heartbeatMs: 50,
};

jest.setTimeout(600_000);

type Way = {
  name: string;
  leave(cluster: ScriptedCluster): void;
  comeBack(cluster: ScriptedCluster): void | Promise<void>;
  reason: RegExp;
};

/** How a cluster can be gone, and what is said of it then. */
const WAYS: readonly Way[] = [
  {
    name: 'refuses connections',
    leave: cluster => cluster.takeDown(),
    comeBack: cluster => cluster.bringBack(),
    reason: /^The cluster (refuses connections|cut the connection)/,
  },
  {
    name: 'swallows everything',
    leave: cluster => cluster.goSilent(),
    comeBack: cluster => cluster.speakAgain(),
    reason: /^The cluster (did not answer within|has said nothing for)/,
  },
  {
    name: 'comes back with another history',
    leave: cluster => {
      cluster.takeDown();
      cluster.compact();
    },
    comeBack: cluster => cluster.bringBack(),
    reason: /^The cluster (refuses connections|cut the connection)/,
  },
];

/** Ten clusters with a service in each, watched by one observer. */
class TenClusters {
  readonly clusters: ScriptedCluster[];
  /** How long each change took to be seen, in milliseconds. */
  readonly lags: number[] = [];
  /** What was told of a cluster that was less than one Workload. */
  readonly shrunk: Observation[] = [];
  readonly #states = new Map<string, SourceState>();
  readonly #seen = new Map<string, string | undefined>();
  readonly #truth = new Map<string, { digest: string; since: number }>();
  readonly #stop = new AbortController();
  readonly #bookmarks: NodeJS.Timeout;
  #changes = 0;

  private constructor(clusters: ScriptedCluster[]) {
    this.clusters = clusters;
    this.#bookmarks = setInterval(
      () => clusters.forEach(cluster => cluster.bookmark()),
      100,
    );
  }

  static async start(timing: Partial<WatchTiming>): Promise<TenClusters> {
    const ten = new TenClusters(
      await Promise.all(
        Array.from({ length: CLUSTERS }, () => ScriptedCluster.start()),
      ),
    );
    ten.clusters.forEach((_, index) => ten.deploy(index));
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    await KubernetesObserver.create({
      clusters: ten.clusters.map(({ url }, index) => ({
        name: `c${index}`,
        url,
        serviceAccountToken: 'watcher',
        skipTlsVerify: false,
      })),
      logger,
      timing,
    }).observe(
      {
        current: () =>
          ten.clusters.map((_, index) => ({
            service: `component:default/s${index}`,
            environment: 'prod',
            cluster: `c${index}`,
            namespace: `s${index}-prod`,
            selector: `backstage.io/kubernetes-id=s${index}`,
          })),
        onChange: () => {},
      },
      {
        onObservation: observation => ten.#see(observation),
        onSource: state => ten.#states.set(state.id, state),
        signal: ten.#stop.signal,
      },
    );
    return ten;
  }

  deploy(index: number): void {
    this.#changes += 1;
    const digest = `sha256:${createHash('sha256')
      .update(`${index} ${this.#changes}`)
      .digest('hex')}`;
    this.#truth.set(`s${index}`, { digest, since: performance.now() });
    putDeployment(this.clusters[index], {
      name: `s${index}`,
      namespace: `s${index}-prod`,
      digest,
    });
  }

  stateOf(index: number): SourceState | undefined {
    return this.#states.get(`c${index}`);
  }

  shownOf(index: number): string | undefined {
    return this.#seen.get(`s${index}`);
  }

  /** Whether the truth about a cluster is shown, as live. */
  isTrue(index: number): boolean {
    return (
      this.stateOf(index)?.state === 'live' &&
      this.shownOf(index) === this.#truth.get(`s${index}`)?.digest
    );
  }

  /** How long it takes until something holds, in milliseconds. */
  async until(
    what: string,
    holds: () => boolean,
    milliseconds = TRUE_WITHIN_MS,
  ): Promise<number> {
    const began = performance.now();
    while (!holds()) {
      if (performance.now() - began > milliseconds) {
        const states = JSON.stringify([...this.#states.values()]);
        throw new Error(`${what} was not so in time: ${states}`);
      }
      await delay(2);
    }
    return performance.now() - began;
  }

  /** For the start, when fifty lists are read at once. */
  async untilAllTrue(): Promise<void> {
    for (const index of this.clusters.keys()) {
      await this.until(`cluster ${index}`, () => this.isTrue(index), 60_000);
    }
  }

  stop(): void {
    clearInterval(this.#bookmarks);
    this.#stop.abort();
    this.clusters.forEach(cluster => cluster.takeDown());
  }

  #see(observation: Observation): void {
    const [, name] = observation.service.split('/');
    const digest = observation.workloads[0]?.images[0]?.digest;
    if (observation.workloads.length !== 1) {
      this.shrunk.push(observation);
    }
    this.#seen.set(name, digest);
    const truth = this.#truth.get(name);
    if (truth && truth.digest === digest) {
      this.lags.push(performance.now() - truth.since);
    }
  }
}

/** Figures for the person who reads the log of the tests. */
function say(what: string, figures: { [name: string]: number }): void {
  const text = Object.entries(figures)
    .map(([name, value]) => `${name} ${Math.round(value)} ms`)
    .join(', ');
  process.stdout.write(`${what}: ${text}\n`);
}

const others = (gone: number) =>
  Array.from({ length: CLUSTERS }, (_, index) => index).filter(
    index => index !== gone,
  );

describe('one cluster of ten', () => {
  it(`is shown as it was seen last while it is gone, and the nine as they are, ${ROUNDS} times`, async () => {
    const ten = await TenClusters.start(FAST);
    const random = seeded(10);
    const back: number[] = [];
    const stale: number[] = [];
    try {
      await ten.untilAllTrue();
      ten.lags.length = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const gone = random(CLUSTERS);
        const way = WAYS[round % WAYS.length];
        const before = ten.shownOf(gone);
        way.leave(ten.clusters[gone]);
        const leaves = performance.now();
        let staleAt: number | undefined;
        for (let change = 0; change < CHANGES; change += 1) {
          ten.deploy(random(CLUSTERS));
          await delay(random(20));
          if (!staleAt && ten.stateOf(gone)?.state === 'stale') {
            staleAt = performance.now();
          }
        }
        await ten.until(
          `${way.name}: stale`,
          () => ten.stateOf(gone)?.state === 'stale',
        );
        stale.push((staleAt ?? performance.now()) - leaves);
        // the last known state stays, with its age and why it is old
        expect(ten.shownOf(gone)).toBe(before);
        expect(ten.stateOf(gone)).toMatchObject({
          reason: expect.stringMatching(way.reason),
          seenAt: expect.any(String),
          since: expect.any(String),
        });
        for (const index of others(gone)) {
          await ten.until(`another than ${gone}`, () => ten.isTrue(index));
        }
        ten.deploy(gone);
        await way.comeBack(ten.clusters[gone]);
        back.push(await ten.until(way.name, () => ten.isTrue(gone)));
      }
      expect(ten.shrunk).toEqual([]);
      expect(Math.max(...ten.lags)).toBeLessThan(TRUE_WITHIN_MS);
      const sorted = [...ten.lags].sort((a, b) => a - b);
      say(`${ten.lags.length} changes seen in ten clusters, one of them gone`, {
        p50: sorted[Math.floor(sorted.length / 2)],
        worst: Math.max(...sorted),
        'stale after at most': Math.max(...stale),
        'true again after at most': Math.max(...back),
      });
    } finally {
      ten.stop();
    }
  });

  if (FULL) {
    it('is stale within 90 seconds of its last word with the patience of a real one', async () => {
      const ten = await TenClusters.start({});
      try {
        await ten.untilAllTrue();
        ten.clusters[3].goSilent();
        const silent = await ten.until(
          'the silent one stale',
          () => ten.stateOf(3)?.state === 'stale',
          90_000,
        );
        others(3).forEach(index => ten.deploy(index));
        for (const index of others(3)) {
          await ten.until(`cluster ${index}`, () => ten.isTrue(index));
        }
        ten.deploy(3);
        ten.clusters[3].speakAgain();
        const back = await ten.until('the silent one', () => ten.isTrue(3));
        expect(ten.shrunk).toEqual([]);
        say('A silent cluster', {
          'stale after': silent,
          'true again after': back,
        });
      } finally {
        ten.stop();
      }
    });
  }
});
