// SPDX-License-Identifier: Apache-2.0
import { countSchema } from '../generator/commands';
import type { BackendFigures, Effort } from '../report/Report';
import { measureEvents } from './measureEvents';
import { measureOverview } from './measureOverview';
import { measureProfile } from './measureProfile';
import { measureSilence } from './measureSilence';
import { measureRestart, measureTruth, untilAllAsked } from './measureTruth';
import {
  measureClosed,
  measureOpen,
  type Ground,
  type ViewFigures,
} from './measureViews';
import { openGround } from './openGround';
import { say } from './say';
import type { Side } from './Viewers';

const LATENCIES_MS = [0, 20];
const VIEWERS = [1, 10, 50];
const BACKGROUND_PER_SECOND = 50;

/** What looks while everything is asked about for the first time. */
const EARLY = { viewers: 10, rate: 300, latencyMs: 0 };

/** Everything about a backend with both plugins; what rests on delivery alone is measured once. */
export async function measureBackend(
  effort: Effort,
  peer: 'default' | 'lean',
): Promise<BackendFigures> {
  const { events, peerEvents, seconds, size } = effort;
  const ground = await openGround({ size, peer, delivery: true });
  try {
    const firstTruthMs = await measureTruth(ground, size);
    const memory = await ground.memory();
    say(`started in ${ground.startedMs} ms, true in ${firstTruthMs} ms`);
    const usual = peer === 'default';
    const early = await measureOpen(ground, {
      ...EARLY,
      side: 'delivery',
      seconds,
    });
    const allAskedMs = await untilAllAsked(ground, size);
    say(`early ${JSON.stringify(early)}, all asked in ${allAskedMs} ms`);
    await warmUp(ground, seconds);
    const figures: BackendFigures = {
      peer,
      startedMs: ground.startedMs,
      firstTruthMs,
      early,
      allAskedMs,
      memory,
      bodies: await bodiesOf(ground),
      views: await measureAllViews(
        ground,
        usual ? ['delivery', 'kubernetes'] : ['kubernetes'],
        seconds,
      ),
      events: [],
    };
    if (usual) {
      figures.profile = await measureProfile(ground, seconds);
      figures.overview = await measureOverview(ground);
      say(`overview ${JSON.stringify(figures.overview)}`);
    }
    for (const side of ['delivery', 'kubernetes'] as const) {
      if (usual || side === 'kubernetes') {
        const told = await measureEvents(ground, {
          side,
          size,
          events: side === 'delivery' ? events : peerEvents,
          backgroundPerSecond: BACKGROUND_PER_SECOND,
        });
        say(`events ${JSON.stringify(told)}`);
        figures.events.push(told);
      }
    }
    if (usual) {
      figures.silence = await measureSilence(ground, size);
      say(`silence ${JSON.stringify(figures.silence)}`);
      figures.restart = await measureRestart(ground);
      say(`restart ${JSON.stringify(figures.restart)}`);
    }
    return figures;
  } finally {
    await ground.close();
  }
}

/** Nobody measures a process that is still being compiled. */
async function warmUp(ground: Ground, seconds: number): Promise<void> {
  for (const side of ['delivery', 'kubernetes'] as const) {
    await measureClosed(ground, { side, viewers: 10, latencyMs: 0, seconds });
  }
}

async function measureAllViews(
  ground: Ground,
  sides: readonly Side[],
  seconds: number,
): Promise<ViewFigures[]> {
  const all: ViewFigures[] = [];
  for (const latencyMs of LATENCIES_MS) {
    await ground.generator.ask(
      { do: 'latency', milliseconds: latencyMs },
      countSchema,
    );
    for (const side of sides) {
      for (const viewers of VIEWERS) {
        const how = { side, viewers, latencyMs, seconds };
        const closed = await measureClosed(ground, how);
        say(JSON.stringify(closed));
        const rate = closed.viewsPerSecond / 2;
        const open = await measureOpen(ground, { ...how, rate });
        say(JSON.stringify(open));
        all.push(closed, open);
      }
    }
  }
  await ground.generator.ask({ do: 'latency', milliseconds: 0 }, countSchema);
  return all;
}

async function bodiesOf({ viewers }: Ground) {
  const one = async (side: Side) => {
    const view = await viewers.view(side, {
      service: 1,
      person: 0,
      read: true,
    });
    return { body: view.text.length, wire: view.wireBytes, etag: view.etag };
  };
  const delivery = await one('delivery');
  const kubernetes = await one('kubernetes');
  const again = await viewers.view('delivery', {
    service: 1,
    person: 0,
    etag: delivery.etag,
  });
  return {
    delivery: { body: delivery.body, wire: delivery.wire },
    kubernetes: { body: kubernetes.body, wire: kubernetes.wire },
    unchanged: { status: again.status, wire: again.wireBytes },
  };
}
