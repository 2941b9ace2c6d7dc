// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { countSchema } from '../generator/commands';
import { Child } from './Child';
import { moduleBeside } from './moduleBeside';
import { rounded } from './summarize';
import { say } from './say';

const SIZES = [10_000, 50_000, 200_000];
const PODS_PER_SERVICE = 50;
const EVENTS_PER_SECOND = 500;
const SECONDS = 10;

/** What the watching alone costs at one size. */
export type ScaleRow = {
  pods: number;
  /** From the start of the process until everything was told. */
  syncSeconds: number;
  heapBytes: number;
  /** For each Pod more than the size before had; what a process needs anyway differs too much for the first. */
  heapBytesPerPod?: number;
  /** VmHWM. */
  peakBytes: number;
  /** Processor time of one change of a Pod. */
  cpuMsPerEvent: number;
};

/** The same clusters with more and more Pods. */
export async function measureScale(): Promise<ScaleRow[]> {
  let before: ScaleRow | undefined;
  const rows: ScaleRow[] = [];
  for (const pods of SIZES) {
    const row = await measureOne(pods);
    const more = before && {
      heapBytesPerPod: Math.round(
        (row.heapBytes - before.heapBytes) / (pods - before.pods),
      ),
    };
    rows.push({ ...row, ...more });
    before = row;
    say(JSON.stringify(rows.at(-1)));
  }
  return rows;
}

async function measureOne(pods: number): Promise<ScaleRow> {
  const size = { clusters: 10, services: pods / PODS_PER_SERVICE, pods };
  const generator = new Child(moduleBeside('generator/server'), size);
  const { ports } = await generator.next(
    z.object({ ports: z.array(z.number()) }),
  );
  const began = performance.now();
  const observer = new Child(moduleBeside('observer/main'), { size, ports }, [
    '--expose-gc',
  ]);
  try {
    await observer.next(z.object({ complete: z.literal(true) }));
    const syncSeconds = rounded((performance.now() - began) / 1000);
    const peakBytes = observer.peakBytes();
    const { known } = await observer.ask({}, z.object({ known: z.number() }));
    const idle = await cpuFor(observer, SECONDS);
    await generator.ask(
      { do: 'churn', perSecond: EVENTS_PER_SECOND },
      countSchema,
    );
    const busy = await cpuFor(observer, SECONDS);
    return {
      pods,
      syncSeconds,
      heapBytes: known,
      peakBytes,
      cpuMsPerEvent: rounded(
        ((busy - idle) * 1000) / (EVENTS_PER_SECOND * SECONDS),
      ),
    };
  } finally {
    await observer.stop();
    await generator.stop();
  }
}

async function cpuFor(child: Child, seconds: number): Promise<number> {
  const before = child.cpuSeconds();
  await delay(seconds * 1000);
  return child.cpuSeconds() - before;
}
