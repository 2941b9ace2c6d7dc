// SPDX-License-Identifier: Apache-2.0
import { callGate } from '../callGate';
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { locateStage } from '../locateStage';
import { requireVendor } from '../requireVendor';

/** Restarts a stage by hand, and with it everything behind it. */
export async function restartStage(
  command: CommandOf<'restart-stage'>,
  context: ControlContext,
): Promise<string> {
  const spinnaker = requireVendor(context, 'spinnaker');
  const { execution, stage } = locateStage(spinnaker, command);
  await callGate(spinnaker, {
    method: 'PUT',
    path: ['pipelines', execution.id, 'stages', stage.id, 'restart'],
    body: {},
  });
  return `Restarted '${stage.name}' by hand in ${execution.application}: ${execution.name}`;
}
