// SPDX-License-Identifier: Apache-2.0
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  Observation,
  SourceState,
} from 'backstage-plugin-delivery-common';
import { HOSTILE_BODIES, HostileAnswers } from './__testUtils__/HostileAnswers';
import { seeded } from './__testUtils__/hostileText';
import { ScriptedCluster } from './__testUtils__/ScriptedCluster';
import { putDeployment } from './__testUtils__/scriptedDeployment';
import { KubernetesObserver } from './KubernetesObserver';

jest.setTimeout(120_000);

const BODIES = 10_000;
const MOST_GROWTH = 50 * 1024 * 1024;
const DIGEST = `sha256:${'a'.repeat(64)}`;

/** The heap without what nobody holds any more, in bytes. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

const inMs = (nanoseconds: number) => `${(nanoseconds / 1e6).toFixed(1)} ms`;

async function until(is: () => boolean, milliseconds = 20_000) {
  const deadline = Date.now() + milliseconds;
  while (!is()) {
    if (Date.now() > deadline) {
      throw new Error('Not so in time');
    }
    await delay(5);
  }
}

async function start() {
  const cluster = await ScriptedCluster.start();
  const stop = new AbortController();
  const seen: { last?: Observation } = {};
  const states: SourceState[] = [];
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  putDeployment(cluster, {
    name: 'orders',
    namespace: 'orders-prod',
    digest: DIGEST,
  });
  await KubernetesObserver.create({
    clusters: [
      {
        name: 'local',
        url: cluster.url,
        serviceAccountToken: 'watcher',
        skipTlsVerify: false,
      },
    ],
    logger,
    timing: {
      silenceMs: 5_000,
      answerMs: 5_000,
      firstPauseMs: 1,
      longestPauseMs: 4,
      shortestWatchMs: 1,
      gatherMs: 2,
      heartbeatMs: 1_000,
    },
  }).observe(
    {
      current: () => [
        {
          service: 'component:default/orders',
          environment: 'prod',
          cluster: 'local',
          namespace: 'orders-prod',
          selector: 'backstage.io/kubernetes-id=orders',
        },
      ],
      onChange: () => {},
    },
    {
      onObservation: observation => {
        seen.last = observation;
      },
      onSource: state => states.push(state),
      signal: stop.signal,
    },
  );
  const isTrue = () => {
    const workloads = seen.last?.workloads ?? [];
    return (
      states.at(-1)?.state === 'live' &&
      workloads.length === 1 &&
      workloads[0].images[0]?.digest === DIGEST
    );
  };
  await until(isTrue);
  // a real server sends them, too; they tell of versions that cannot be
  const bookmarks = setInterval(() => cluster.bookmark(), 20);
  return {
    cluster,
    isTrue,
    logger,
    seen,
    states,
    /** From now on every answer is the lie, the open watches included. */
    lie(answer: NonNullable<ScriptedCluster['lie']>) {
      cluster.lie = answer;
      cluster.compact();
      cluster.endWatches();
    },
    tellTruth() {
      cluster.lie = undefined;
      cluster.compact();
      cluster.cut();
    },
    stop() {
      clearInterval(bookmarks);
      stop.abort();
      cluster.takeDown();
    },
  };
}

describe('a cluster that answers as no API server would', () => {
  it.each(Object.entries(HOSTILE_BODIES))(
    'is stale with the reason after %s, keeps its last picture, and comes back',
    async (_, { answer, reason }) => {
      const hostile = await start();
      try {
        const before = hostile.seen.last;
        hostile.lie(({ watching }, response) => {
          if (watching) {
            response.writeHead(200).end('[]\n');
          } else {
            answer(response);
          }
          return true;
        });
        const told = () => {
          const state = hostile.states.at(-1);
          return state?.state === 'stale' ? state.reason : undefined;
        };
        const isSaid = (said: string) =>
          typeof reason === 'string' ? said === reason : reason.test(said);
        await until(() => isSaid(told() ?? ''));
        expect(hostile.seen.last?.workloads).toEqual(before?.workloads);
        hostile.tellTruth();
        await until(hostile.isTrue);
      } finally {
        hostile.stop();
      }
    },
  );

  it(`ends with the truth after ${BODIES} bodies, and holds nothing of them`, async () => {
    const hostile = await start();
    try {
      const before = heldBytes();
      const answers = new HostileAnswers(seeded(11));
      const random = seeded(12);
      hostile.lie(({ watching }, response) => {
        // every fourth list is true, so that watches are opened at all
        if (answers.sent >= BODIES || (!watching && random(4) === 0)) {
          return false;
        }
        answers.answer(watching, response);
        return true;
      });
      // of both sides, as the liar runs here as well; what ours takes alone is tested by itself
      const waits = monitorEventLoopDelay({ resolution: 5 });
      waits.enable();
      await until(() => answers.sent >= BODIES, 90_000);
      waits.disable();
      process.stdout.write(
        `${BODIES} hostile bodies: waits of the event loop p50 ${inMs(
          waits.percentile(50),
        )}, p99 ${inMs(waits.percentile(99))}, longest ${inMs(waits.max)}\n`,
      );
      expect(
        hostile.states.filter(
          ({ state, reason }) => state === 'stale' && reason,
        ).length,
      ).toBeGreaterThan(0);
      hostile.tellTruth();
      await until(hostile.isTrue);
      expect(heldBytes() - before).toBeLessThan(MOST_GROWTH);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      const logged = JSON.stringify([
        hostile.logger.warn.mock.calls,
        hostile.logger.error.mock.calls,
      ]);
      expect(logged).not.toContain('canary-of-the-environment');
    } finally {
      hostile.stop();
    }
  });
});
