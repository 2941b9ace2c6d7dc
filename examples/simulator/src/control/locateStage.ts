// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type { FakeExecution } from 'backstage-plugin-spinnaker-client/testUtils';
import type { SpinnakerVendor } from '../vendors/spinnakerVendor';

type Stage = FakeExecution['stages'][number];

/**
 * A stage of a Spinnaker execution, by its id, refId or name.
 *
 * @throws NotFoundError when there is no such execution or stage.
 */
export function locateStage(
  spinnaker: SpinnakerVendor,
  target: { executionId: string; stage: string },
): { execution: FakeExecution; stage: Stage } {
  const { executionId, stage: wanted } = target;
  const execution = spinnaker.gate.executions.find(
    ({ id }) => id === executionId,
  );
  if (!execution) {
    throw new NotFoundError(`There is no Spinnaker execution ${executionId}`);
  }
  const stage = execution.stages.find(
    ({ id, refId, name }) =>
      id === wanted || refId === wanted || name === wanted,
  );
  if (!stage) {
    const known = execution.stages.map(({ name }) => `'${name}'`).join(', ');
    throw new NotFoundError(
      `The Spinnaker execution has no stage '${wanted}'; it has ${known}`,
    );
  }
  return { execution, stage };
}
