// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 1_000;
const WITHIN_MS = 10 * 60_000;

/**
 * Asks once a second until there is an answer.
 *
 * @throws Error naming what was waited for after ten minutes, AbortError when
 * the signal aborts, and whatever `ask` throws.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  signal: AbortSignal,
): Promise<T> {
  const end = performance.now() + WITHIN_MS;
  while (performance.now() < end) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    await delay(EVERY_MS, undefined, { signal });
  }
  throw new Error(`Waited in vain for ${what}`);
}
