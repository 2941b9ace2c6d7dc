// SPDX-License-Identifier: Apache-2.0
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { TurnMeter } from './__testUtils__/TurnMeter';
import { until, watchOrders } from './__testUtils__/watchOrders';

jest.setTimeout(400_000);

const BODIES = 10_000;
const LONG_MS = 50;
const MOST_GROWTH = 50 * 1024 * 1024;

const wordSchema = z.union([
  z.object({ url: z.string() }),
  z.object({ sent: z.number() }),
]);

/** The heap without what nobody holds any more, in bytes. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

const inMs = (nanoseconds: number) => `${(nanoseconds / 1e6).toFixed(1)} ms`;

/** The liar in a process of its own. */
async function startLiar() {
  const child = fork(join(__dirname, '__testUtils__', 'hostileProcess.ts'), {
    execArgv: [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
    ],
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'development' },
  });
  const heard = { sent: 0, url: '' };
  child.on('message', message => {
    Object.assign(heard, wordSchema.safeParse(message).data);
  });
  await until(() => heard.url !== '' || child.exitCode !== null);
  return {
    heard,
    lie: (bodies: number) => child.send(bodies),
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

describe('a cluster that answers as no API server would', () => {
  it(`ends with the truth after ${BODIES} bodies, and holds nothing of them`, async () => {
    const liar = await startLiar();
    const stop = new AbortController();
    try {
      const { isTrue, logger, sight, states } = await watchOrders(
        liar.heard.url,
        stop.signal,
      );
      await until(isTrue, sight);
      const before = heldBytes();
      const waits = monitorEventLoopDelay({ resolution: 5 });
      waits.enable();
      const meter = new TurnMeter();
      liar.lie(BODIES);
      await until(() => liar.heard.sent >= BODIES, sight);
      waits.disable();
      meter.stop();
      const long = meter.turns.filter(turn => turn > LONG_MS).length;
      process.stdout.write(
        `${BODIES} hostile bodies over HTTP: waits of the event loop p50 ${inMs(
          waits.percentile(50),
        )}, p99 ${inMs(waits.percentile(99))}, longest ${inMs(waits.max)}; ` +
          `longest turn computed ${meter.longest.toFixed(1)} ms, ` +
          `${long} of ${meter.turns.length} over ${LONG_MS} ms\n`,
      );
      expect(
        states.filter(({ state, reason }) => state === 'stale' && reason)
          .length,
      ).toBeGreaterThan(0);
      // what is collected as garbage falls into some turn
      expect(long).toBeLessThan(10);
      await until(isTrue, sight);
      expect(heldBytes() - before).toBeLessThan(MOST_GROWTH);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      const logged = JSON.stringify([
        logger.warn.mock.calls,
        logger.error.mock.calls,
      ]);
      expect(logged).not.toContain('canary-of-the-environment');
    } finally {
      stop.abort();
      await liar.stop();
    }
  });
});
