// SPDX-License-Identifier: Apache-2.0
import { orcaException, StageDefinition, succeeded } from '../StageDefinition';

/** `wait`: passes after `waitTime` seconds, or at once after `skipRemainingWait`. */
export const waitStage: StageDefinition = {
  tasks: () => [
    {
      name: 'wait',
      implementingClass: 'com.netflix.spinnaker.orca.pipeline.tasks.WaitTask',
      run: async ({ stage, elapsed }) => {
        const left = Number(stage.context.waitTime ?? 0) * 1000 - elapsed;
        if (Number.isNaN(left)) {
          return {
            kind: 'failed',
            exception: orcaException(
              'IllegalArgumentException',
              'Unable to map context to class com.netflix.spinnaker.orca.pipeline.WaitStage$WaitStageContext',
            ),
          };
        }
        return left <= 0 || stage.context.skipRemainingWait === true
          ? succeeded()
          : { kind: 'running', after: left };
      },
    },
  ],
};
