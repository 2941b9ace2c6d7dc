// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { callGate } from '../callGate';
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { locateStage } from '../locateStage';
import { requireVendor } from '../requireVendor';

const OFF = { stageEnabled: { type: 'expression', expression: 'false' } };
const TIME_OUT = { stageTimeoutMs: 1, markSuccessfulOnTimeout: true };

/**
 * Gets past a stage by hand: one that has not started is switched off, a running one is
 * made to time out with success.
 */
export async function skipStage(
  command: CommandOf<'skip-stage'>,
  context: ControlContext,
): Promise<string> {
  const spinnaker = requireVendor(context, 'spinnaker');
  const { execution, stage } = locateStage(spinnaker, command);
  if (stage.status !== 'NOT_STARTED' && stage.status !== 'RUNNING') {
    throw new ConflictError(
      `'${stage.name}' cannot be skipped any more: it is ${stage.status}`,
    );
  }
  await callGate(spinnaker, {
    method: 'PATCH',
    path: ['pipelines', execution.id, 'stages', stage.id],
    body: stage.status === 'RUNNING' ? TIME_OUT : OFF,
  });
  return `Got past '${stage.name}' by hand in ${execution.application}: ${execution.name}`;
}
