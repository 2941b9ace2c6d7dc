// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';

/**
 * Does a piece of work again and again, one at a time, until the signal is
 * aborted; what it throws is logged, and the next turn comes all the same.
 *
 * @returns A function that makes the next turn come at once.
 */
export function repeat(
  name: string,
  options: {
    /** The pause between two turns; milliseconds. */
    every: number;
    work(): Promise<void>;
    logger: LoggerService;
    signal: AbortSignal;
  },
): () => void {
  const { every, logger, signal, work } = options;
  let timer: NodeJS.Timeout | undefined;
  let working = false;
  let again = false;

  async function turn() {
    if (signal.aborted) {
      return;
    }
    working = true;
    again = false;
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) {
        logger.error(
          `${name} failed; it is tried again`,
          toError(error),
        );
      }
    }
    working = false;
    if (!signal.aborted) {
      timer = setTimeout(turn, again ? 0 : every);
    }
  }

  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  timer = setTimeout(turn, 0);

  return () => {
    again = true;
    if (!working && !signal.aborted) {
      clearTimeout(timer);
      timer = setTimeout(turn, 0);
    }
  };
}
