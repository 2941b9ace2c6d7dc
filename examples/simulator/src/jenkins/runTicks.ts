// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeJenkins } from 'backstage-plugin-jenkins-client/testUtils';

const EVERY_MS = 1000;

/** Lets a controller look at its schedules again and again, until the signal aborts. */
export async function runTicks(options: {
  jenkins: FakeJenkins;
  everyMs?: number;
  signal: AbortSignal;
  log: (message: string) => void;
}): Promise<void> {
  const { jenkins, everyMs = EVERY_MS, signal, log } = options;
  while (!signal.aborted) {
    try {
      await sleep(everyMs, undefined, { signal });
      await jenkins.tick();
    } catch (error) {
      if (!signal.aborted) {
        log(`A schedule could not be followed: ${error}`);
      }
    }
  }
}
