// SPDX-License-Identifier: Apache-2.0
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Nobody else waits longer than this for a turn, but for the one thing that was begun. */
const SLICE_MS = 8;

/**
 * Lets everybody else have a turn when a long piece of work has taken its slice.
 *
 * @returns what is to be awaited after each small part of the work.
 * @public
 */
export function takeTurns(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < SLICE_MS) {
      return undefined;
    }
    return nextTurn().then(() => {
      began = performance.now();
    });
  };
}
