// SPDX-License-Identifier: Apache-2.0
import { dirname, join } from 'node:path';
import { bundle } from '../bundle';
import { WorkerProcess } from './WorkerProcess';

/** What a process of a worker is started from. */
export type WorkerProgram = {
  file: string;
  /** The heap of a process that has loaded it already; left out where Node cannot write one. */
  snapshot?: string;
};

/**
 * Bundles the worker into one file and loads it once for all, so that a process
 * starts in a blink.
 *
 * @param practice - Orders to carry out before the heap is written down; whatever they
 * need is compiled from then on.
 */
export async function buildWorker(
  practice: (worker: WorkerProcess) => Promise<void> = async () => {},
): Promise<WorkerProgram> {
  const file = await bundle('worker/main.ts');
  const snapshot = join(dirname(file), 'loaded.blob');
  const first = new WorkerProcess({ file, snapshot }, 'practice');
  await first.ready;
  if (first.alive) {
    await practice(first);
  }
  return (await first.release()) ? { file, snapshot } : { file };
}
