// SPDX-License-Identifier: Apache-2.0
import { StageDefinition, succeeded } from '../StageDefinition';

const CLASSES = {
  savePipeline: 'SavePipelineTask',
  updatePipeline: 'SavePipelineTask',
  deletePipeline: 'DeletePipelineTask',
};

/**
 * What Gate runs when a pipeline is saved or deleted.
 *
 * @remarks
 * The fake's Front50 has written before, because Gate waits for this task; it is kept so
 * that the list of tasks shows it.
 */
export function pipelineConfigStage(
  name: keyof typeof CLASSES,
): StageDefinition {
  return {
    literalKeys: ({ stage }) => Object.keys(stage.context),
    tasks: () => [
      {
        name,
        implementingClass: `com.netflix.spinnaker.orca.front50.tasks.${CLASSES[name]}`,
        run: async () => succeeded(),
      },
    ],
  };
}
