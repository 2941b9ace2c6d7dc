// SPDX-License-Identifier: Apache-2.0
import { HOSTILE_BODIES } from './__testUtils__/HostileAnswers';
import { ORDERS } from './__testUtils__/ORDERS';
import { ScriptedCluster } from './__testUtils__/ScriptedCluster';
import { putDeployment } from './__testUtils__/scriptedDeployment';
import { until, watchOrders } from './__testUtils__/watchOrders';

jest.setTimeout(400_000);

async function start() {
  const cluster = await ScriptedCluster.start();
  const stop = new AbortController();
  putDeployment(cluster, ORDERS);
  const watched = await watchOrders(cluster.url, stop.signal);
  await until(watched.isTrue, watched.sight);
  // a real server sends them, too; they tell of versions that cannot be
  const bookmarks = setInterval(() => cluster.bookmark(), 20);
  return {
    ...watched,
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
        await until(() => isSaid(told() ?? ''), hostile.sight);
        expect(hostile.seen.last?.workloads).toEqual(before?.workloads);
        hostile.tellTruth();
        await until(hostile.isTrue, hostile.sight);
      } finally {
        hostile.stop();
      }
    },
  );

  it('finds out after one silence that a list lied about a version to come', async () => {
    const hostile = await start();
    try {
      const lied = new Set<string>();
      hostile.lie(({ kind, watching }, response) => {
        if (lied.has(kind)) {
          return false;
        }
        if (watching) {
          response.writeHead(200).end('[]\n');
        } else {
          lied.add(kind);
          response.end('{"metadata":{"resourceVersion":"99999"},"items":[]}');
        }
        return true;
      });
      await until(
        () => hostile.seen.last?.workloads.length === 0,
        hostile.sight,
      );
      await until(hostile.isTrue, hostile.sight);
      expect(hostile.seen.last?.health).toBe('healthy');
    } finally {
      hostile.stop();
    }
  });
});
