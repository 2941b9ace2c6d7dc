// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../bundle';

/** What a process of a worker is started from. */
export type WorkerProgram = {
  file: string;
  /** The heap of a process that has loaded it already; left out where Node cannot write one. */
  snapshot?: string;
};

/** Bundles the worker into one file and loads it once for all, so that a process starts in a blink. */
export async function buildWorker(): Promise<WorkerProgram> {
  const file = await bundle('worker/main.ts');
  const snapshot = join(dirname(file), 'loaded.blob');
  try {
    await promisify(execFile)(process.execPath, [
      '--snapshot-blob',
      snapshot,
      '--build-snapshot',
      file,
    ]);
    return { file, snapshot };
  } catch {
    return { file };
  }
}
