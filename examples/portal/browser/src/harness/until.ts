// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';

/** What to wait for, in words, and for how long at most. */
export interface UntilOptions {
  /** Completes the sentence "Waited for …". */
  what: string;
  /** Milliseconds; a minute when left out. */
  within?: number;
  /** Milliseconds between two questions; 250 when left out. */
  every?: number;
}

/**
 * Asks again and again until the answer is there, and gives it back.
 *
 * @throws Error with the last failure as its cause when the time is up.
 */
export async function until<T>(
  ask: () => Promise<T | undefined | false>,
  options: UntilOptions,
): Promise<T> {
  const { what, within = 60_000, every = 250 } = options;
  const end = Date.now() + within;
  let cause: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) {
        return answer;
      }
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(every);
  }
  throw new Error(`Waited for ${what} for ${within / 1000} s`, { cause });
}
