// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import { SpinnakerTask } from './schemas/task';

const exceptionSchema = z.looseObject({
  details: z.looseObject({
    errors: z.array(z.string()).default([]),
    error: z.string().optional(),
  }),
});

/**
 * Waits until a task of Orca has ended.
 *
 * Throws what Spinnaker said when it failed, and when it takes longer than `timeoutMs`.
 */
export async function waitForTask(options: {
  read(): Promise<SpinnakerTask | undefined>;
  doing: string;
  signal?: AbortSignal;
  timeoutMs?: number;
  pollMs?: number;
}): Promise<void> {
  const { read, doing, signal, timeoutMs = 60_000, pollMs = 250 } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  for (;;) {
    const task = await read();
    if (task?.status === 'SUCCEEDED') {
      return;
    }
    if (task && ['TERMINAL', 'CANCELED', 'STOPPED'].includes(task.status)) {
      throw new Error(
        `${doing} failed: ${
          taskError(task) ?? `the task ended ${task.status}`
        }`,
      );
    }
    if (deadline.aborted) {
      throw new ServiceUnavailableError(
        `${doing} did not end within ${
          timeoutMs / 1000
        } s; look at Orca, then try again`,
      );
    }
    await sleep(pollMs, undefined, { signal });
  }
}

function taskError(task: SpinnakerTask): string | undefined {
  const variable = task.variables.find(({ key }) => key === 'exception');
  const parsed = exceptionSchema.safeParse(variable?.value);
  if (!parsed.success) {
    return undefined;
  }
  const { errors, error } = parsed.data.details;
  return errors.join('; ') || error;
}
