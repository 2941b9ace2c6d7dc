// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from 'portal-browser-tests';
import { z } from 'zod';
import { seedHistory } from '../backend/seedHistory';
import type { BackendSettings } from '../backend/settings';
import type { WorldSize } from '../world/World';
import { Child } from './Child';
import type { Ground } from './measureViews';
import { moduleBeside } from './moduleBeside';
import { Viewers } from './Viewers';

const memorySchema = z.object({
  memory: z.object({ heapUsed: z.number(), rss: z.number() }),
});

/** What a process holds; `peak` is VmHWM. All in bytes. */
export type MemoryFigures = { heap: number; rss: number; peak: number };

/** Clusters, a backend that watches them and people who look, until it is closed. */
export type OpenGround = Ground & {
  /** When the process of the backend was started. */
  began: number;
  /** From then until it listened. */
  startedMs: number;
  memory(): Promise<MemoryFigures>;
  /** Ends the backend and starts it again with what it had stored. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** Starts everything that a measurement needs. */
export async function openGround(options: {
  size: WorldSize;
  peer: BackendSettings['peer'];
  delivery: boolean;
}): Promise<OpenGround> {
  const { size } = options;
  const folder = mkdtempSync(join(tmpdir(), 'delivery-benchmark-'));
  const generator = new Child(moduleBeside('generator/server'), size);
  const { ports } = await generator.next(
    z.object({ ports: z.array(z.number()) }),
  );
  if (options.delivery) {
    await seedHistory({ size, folder, now: new Date() });
  }
  const [port] = await freePorts(1);
  const settings: BackendSettings = { ...options, ports, folder, port };
  const viewers = new Viewers({
    base: `http://127.0.0.1:${port}`,
    size,
    seed: 7,
  });
  const start = async () => {
    const began = performance.now();
    const backend = new Child(moduleBeside('backend/main'), settings, [
      '--expose-gc',
    ]);
    await backend.next(z.object({ started: z.literal(true) }));
    return { backend, began, startedMs: Math.round(performance.now() - began) };
  };
  const ground: OpenGround = {
    viewers,
    generator,
    ...(await start()),
    async memory() {
      const { memory } = await ground.backend.ask(
        { do: 'memory' },
        memorySchema,
      );
      const { heapUsed, rss } = memory;
      return { heap: heapUsed, rss, peak: ground.backend.peakBytes() };
    },
    async restart() {
      await ground.backend.stop();
      Object.assign(ground, await start());
    },
    async close() {
      viewers.close();
      await ground.backend.stop();
      await generator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return ground;
}
