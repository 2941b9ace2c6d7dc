// SPDX-License-Identifier: Apache-2.0
import { StageDefinition, succeeded } from '../StageDefinition';

const POLL_MS = 15_000;

/** `manualJudgment`: waits for `continue` or `stop`, in any case; other answers are no answer. */
export const manualJudgmentStage: StageDefinition = {
  tasks: () => [
    {
      name: 'waitForJudgment',
      implementingClass:
        'com.netflix.spinnaker.orca.echo.pipeline.ManualJudgmentStage.WaitForManualJudgmentTask',
      timeoutMs: timing => timing.judgmentFor,
      run: async ({ stage }) => {
        switch (String(stage.context.judgmentStatus ?? '').toLowerCase()) {
          case 'continue':
            return succeeded();
          case 'stop':
            return { kind: 'ended', status: 'TERMINAL' };
          default:
            return {
              kind: 'running',
              after: POLL_MS,
              context: { notifications: stage.context.notifications ?? [] },
            };
        }
      },
    },
  ],
};
