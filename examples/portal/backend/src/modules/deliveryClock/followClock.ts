// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from 'backstage-plugin-delivery-node';
import { z } from 'zod';

const clockSchema = z.object({ offsetMs: z.number() });

const EVERY_MS = 500;

/**
 * A clock that is as far ahead of this machine's as another process says.
 *
 * @remarks
 * Asks twice a second until the signal aborts; while nobody answers, the last
 * known offset stays.
 */
export async function followClock(options: {
  url: string;
  signal: AbortSignal;
}): Promise<Clock> {
  const { url, signal } = options;
  const known = await readClock(url, signal);
  const follow = async () => {
    while (!signal.aborted) {
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
      Object.assign(known, await readClock(url, signal).catch(() => ({})));
    }
  };
  follow();
  return { now: () => new Date(Date.now() + known.offsetMs) };
}

async function readClock(url: string, signal: AbortSignal) {
  const response = await fetch(url, { signal });
  return clockSchema.parse(await response.json());
}
