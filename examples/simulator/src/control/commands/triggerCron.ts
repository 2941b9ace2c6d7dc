// SPDX-License-Identifier: Apache-2.0
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { requireVendor } from '../requireVendor';

/** Starts a Jenkins job as its timer would. */
export async function triggerCron(
  command: CommandOf<'trigger-cron'>,
  context: ControlContext,
): Promise<string> {
  const { job } = command;
  requireVendor(context, 'jenkins').triggerCron(job);
  return `The timer of ${job} went off`;
}
