// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';

/**
 * Does a piece of work again and again, one at a time, until the signal is
 * aborted; what it throws is logged, and the next turn comes all the same.
 *
 * @returns `hurry` makes the next turn come at once; `settled` resolves when the
 * turn that is under way is over.
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
): { hurry(): void; settled(): Promise<void> } {
  const { every, logger, signal, work } = options;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let again = false;

  function begin() {
    if (!signal.aborted) {
      working = turn();
    }
  }

  async function turn() {
    again = false;
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) {
        logger.error(`${name} failed; it is tried again`, toError(error));
      }
    }
    working = undefined;
    if (!signal.aborted) {
      timer = setTimeout(begin, again ? 0 : every);
    }
  }

  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  timer = setTimeout(begin, 0);

  return {
    hurry() {
      again = true;
      if (!working && !signal.aborted) {
        clearTimeout(timer);
        timer = setTimeout(begin, 0);
      }
    },
    async settled() {
      await working;
    },
  };
}
