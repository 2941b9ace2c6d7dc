// SPDX-License-Identifier: Apache-2.0
import { callGate } from '../callGate';
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { locateStage } from '../locateStage';
import { requireVendor } from '../requireVendor';

/** Merges something into a stage's context, as anybody with EXECUTE may. */
export async function patchStage(
  command: CommandOf<'patch-stage'>,
  context: ControlContext,
): Promise<string> {
  const spinnaker = requireVendor(context, 'spinnaker');
  const { execution, stage } = locateStage(spinnaker, command);
  await callGate(spinnaker, {
    method: 'PATCH',
    path: ['pipelines', execution.id, 'stages', stage.id],
    body: command.context,
  });
  const fields = Object.keys(command.context).join(', ');
  return `Changed ${fields} of '${stage.name}' in ${execution.application}: ${execution.name}`;
}
