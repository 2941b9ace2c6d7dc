// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { countSchema } from '../generator/commands';
import type { Child } from './Child';
import { percentile, rounded } from './summarize';
import type { Side, View, Viewers } from './Viewers';

/** What looking costs. */
export type ViewFigures = {
  side: Side;
  loop: 'closed' | 'open';
  viewers: number;
  latencyMs: number;
  views: number;
  failed: number;
  viewsPerSecond: number;
  p50: number;
  p99: number;
  wireBytesPerView: number;
  upstreamCallsPerView: number;
  cpuMsPerView: number;
};

/** Where views are measured. */
export type Ground = { viewers: Viewers; backend: Child; generator: Child };

/** So many people, each of whom looks again as soon as the answer is there. */
export async function measureClosed(
  ground: Ground,
  options: { side: Side; viewers: number; latencyMs: number; seconds: number },
): Promise<ViewFigures> {
  const { latencyMs, seconds, side, viewers } = options;
  return measure(ground, { ...options, loop: 'closed' }, async take => {
    const end = performance.now() + seconds * 1000;
    await Promise.all(
      Array.from({ length: viewers }, async (_, person) => {
        while (performance.now() < end) {
          await take(
            ground.viewers.view(side, {
              service: ground.viewers.anyService(),
              person,
            }),
          );
        }
      }),
    );
    return { latencyMs };
  });
}

/** Views that come at a rate, whether or not the ones before were answered. */
export async function measureOpen(
  ground: Ground,
  options: {
    side: Side;
    viewers: number;
    latencyMs: number;
    seconds: number;
    rate: number;
  },
): Promise<ViewFigures> {
  const { rate, seconds, side, viewers } = options;
  return measure(ground, { ...options, loop: 'open' }, async take => {
    const began = performance.now();
    const total = Math.max(1, Math.floor(rate * seconds));
    const running: Promise<void>[] = [];
    for (let sent = 0; sent < total; ) {
      const due = Math.floor(((performance.now() - began) / 1000) * rate) + 1;
      for (; sent < Math.min(due, total); sent += 1) {
        const late = performance.now() - began - (sent / rate) * 1000;
        running.push(
          take(
            ground.viewers.view(side, {
              service: ground.viewers.anyService(),
              person: sent % viewers,
            }),
            late,
          ),
        );
      }
      await delay(2);
    }
    await Promise.all(running);
  });
}

async function measure(
  { backend, generator }: Ground,
  options: {
    side: Side;
    loop: 'closed' | 'open';
    viewers: number;
    latencyMs: number;
  },
  look: (
    take: (view: Promise<View>, lateMs?: number) => Promise<void>,
  ) => Promise<unknown>,
): Promise<ViewFigures> {
  const times: number[] = [];
  let failed = 0;
  let bytes = 0;
  const before = await generator.ask({ do: 'count' }, countSchema);
  const cpu = backend.cpuSeconds();
  const began = performance.now();
  await look(async (asked, lateMs = 0) => {
    try {
      const view = await asked;
      times.push(view.milliseconds + Math.max(0, lateMs));
      bytes += view.wireBytes;
      failed += view.status === 200 ? 0 : 1;
    } catch {
      failed += 1;
    }
  });
  const seconds = (performance.now() - began) / 1000;
  const cpuMs = (backend.cpuSeconds() - cpu) * 1000;
  const after = await generator.ask({ do: 'count' }, countSchema);
  const views = times.length;
  const { latencyMs, loop, side, viewers } = options;
  return {
    side,
    loop,
    viewers,
    latencyMs,
    views,
    failed,
    viewsPerSecond: rounded(views / seconds),
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
    wireBytesPerView: Math.round(bytes / views),
    upstreamCallsPerView: rounded((after.requests - before.requests) / views),
    cpuMsPerView: rounded(cpuMs / views),
  };
}
