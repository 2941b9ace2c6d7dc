// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serviceDeliverySchema } from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { seedHistory } from './backend/seedHistory';
import type { BackendSettings } from './backend/settings';
import { CANARY } from './generator/objectBodies';
import { countSchema } from './generator/commands';
import { Child } from './measure/Child';
import { measureEvents } from './measure/measureEvents';
import {
  measureClosed,
  measureOpen,
  type Ground,
  type ViewFigures,
} from './measure/measureViews';
import { measureOverview } from './measure/measureOverview';
import { measureSilence } from './measure/measureSilence';
import type { Side } from './measure/Viewers';
import { Viewers } from './measure/Viewers';
import { moduleBeside } from './measure/moduleBeside';
import { tableOf } from './report/tableOf';
import type { BackendFigures, Report } from './report/Report';
import { placesOf, type WorldSize } from './world/World';

const SIZES: { [name: string]: WorldSize } = {
  small: { clusters: 10, services: 100, pods: 2_000 },
  full: { clusters: 10, services: 1_000, pods: 50_000 },
};

const memorySchema = z.object({
  memory: z.object({ heapUsed: z.number(), rss: z.number() }),
});

/** Runs everything once and writes the figures down. */
async function run(): Promise<void> {
  const name = process.argv[2] ?? 'full';
  const size = SIZES[name];
  if (!size) {
    throw new Error(`There is no size "${name}"; there are small and full`);
  }
  const began = performance.now();
  const report: Report = {
    size,
    machine: {
      cores: cpus().length,
      model: cpus()[0].model,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      loadBefore: loadavg()[0],
    },
    at: new Date().toISOString(),
    backends: [],
    seconds: 0,
  };
  for (const peer of ['default', 'lean'] as const) {
    say(`The backend with the ${peer} peer`);
    report.backends.push(await measureBackend(size, peer, name === 'full'));
  }
  report.seconds = Math.round((performance.now() - began) / 1000);
  const folder = join(process.cwd(), 'results');
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify(report, undefined, 2)}\n`,
  );
  const table = tableOf(report);
  writeFileSync(join(folder, `${name}.md`), table);
  process.stdout.write(`\n${table}\n`);
}

async function measureBackend(
  size: WorldSize,
  peer: BackendSettings['peer'],
  full: boolean,
): Promise<BackendFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'delivery-benchmark-'));
  const generator = new Child(moduleBeside('generator/server'), size);
  const { ports } = await generator.next(
    z.object({ ports: z.array(z.number()) }),
  );
  await seedHistory({ size, folder, now: new Date() });
  const port = await freePort();
  const began = performance.now();
  const backend = new Child(
    moduleBeside('backend/main'),
    { size, ports, folder, peer, port } satisfies BackendSettings,
    ['--expose-gc'],
  );
  const viewers = new Viewers({
    base: `http://127.0.0.1:${port}`,
    size,
    seed: 7,
  });
  const ground: Ground = { viewers, backend, generator };
  try {
    await backend.next(z.object({ started: z.literal(true) }));
    const startedMs = performance.now() - began;
    const truthMs = await untilTrue(ground, size, began);
    say(`started in ${Math.round(startedMs)} ms, true in ${truthMs} ms`);
    const { memory } = await backend.ask({}, memorySchema);
    const figures: BackendFigures = {
      peer,
      startedMs: Math.round(startedMs),
      firstTruthMs: truthMs,
      heapBytes: memory.heapUsed,
      rssBytes: memory.rss,
      peakBytes: backend.peakBytes(),
      bodyBytes: await bodyBytes(ground),
      views: await measureAllViews(ground, full, peer),
    };
    if (peer === 'default') {
      figures.overview = await measureOverview(ground);
      say(`overview ${JSON.stringify(figures.overview)}`);
      figures.events = await measureEvents(ground, {
        size,
        events: full ? 300 : 50,
        backgroundPerSecond: 50,
      });
      say(`events ${JSON.stringify(figures.events)}`);
      figures.silence = await measureSilence(ground, size);
      say(`silence ${JSON.stringify(figures.silence)}`);
    }
    return figures;
  } finally {
    viewers.close();
    await backend.stop();
    await generator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAllViews(
  ground: Ground,
  full: boolean,
  peer: string,
): Promise<ViewFigures[]> {
  const all: ViewFigures[] = [];
  const sides: Side[] =
    peer === 'default' ? ['delivery', 'kubernetes'] : ['kubernetes'];
  for (const latencyMs of [0, 20]) {
    await ground.generator.ask(
      { do: 'latency', milliseconds: latencyMs },
      countSchema,
    );
    for (const side of sides) {
      const seconds = full ? 8 : 3;
      let rate = 1;
      for (const viewers of [1, 10, 50]) {
        const closed = await measureClosed(ground, {
          side,
          viewers,
          latencyMs,
          seconds,
        });
        rate = closed.viewsPerSecond / 2;
        say(JSON.stringify(closed));
        all.push(closed);
      }
      const open = await measureOpen(ground, {
        side,
        viewers: 50,
        latencyMs,
        seconds,
        rate,
      });
      say(JSON.stringify(open));
      all.push(open);
    }
  }
  await ground.generator.ask({ do: 'latency', milliseconds: 0 }, countSchema);
  return all;
}

/** Asks for every Service until all of them show everything that runs. */
async function untilTrue(
  { viewers }: Ground,
  size: WorldSize,
  began: number,
): Promise<number> {
  const places = placesOf(size);
  for (let service = 0; service < size.services; ) {
    const view = await viewers.view('delivery', {
      service,
      person: 0,
      read: true,
    });
    const wanted = places.slice(service * 3, service * 3 + 3);
    const shown =
      view.status === 200
        ? serviceDeliverySchema.parse(JSON.parse(view.text)).environments
        : [];
    const isTrue = wanted.every(place =>
      shown.some(
        ({ name, observation, workloads }) =>
          name === place.environment &&
          observation.state === 'live' &&
          workloads.some(({ ready }) => ready === place.pods),
      ),
    );
    if (isTrue) {
      service += 1;
    } else {
      await delay(100);
    }
    if (view.text.includes(CANARY)) {
      throw new Error('Something of a Pod left the process that must not');
    }
    if (performance.now() - began > 300_000) {
      throw new Error(`Not true within five minutes: ${view.text}`);
    }
  }
  return Math.round(performance.now() - began);
}

async function bodyBytes({ viewers }: Ground) {
  const one = async (side: Side) =>
    (await viewers.view(side, { service: 1, person: 0, read: true })).text
      .length;
  const first = await viewers.view('delivery', {
    service: 1,
    person: 0,
    read: true,
  });
  const again = await viewers.view('delivery', {
    service: 1,
    person: 0,
    etag: first.etag,
  });
  return {
    delivery: await one('delivery'),
    kubernetes: await one('kubernetes'),
    unchanged: { status: again.status, wireBytes: again.wireBytes },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (address === null || typeof address === 'string') {
    throw new Error('There is no free port');
  }
  return address.port;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

run().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
