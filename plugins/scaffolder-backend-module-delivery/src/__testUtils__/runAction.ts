// SPDX-License-Identifier: Apache-2.0
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { mockServices } from '@backstage/backend-test-utils';

/** Runs an action as the scaffolder would and gives what it put out and said. */
export async function runAction<
  TInput extends JsonObject,
  TOutput extends JsonObject,
>(
  action: TemplateAction<TInput, TOutput, 'v2'>,
  input: TInput,
  options: {
    dryRun?: boolean;
    workspace?: string;
    /** What earlier runs of the same task have reached; nothing is kept when absent. */
    remembered?: Map<string, string>;
  } = {},
) {
  const output: Record<string, JsonValue | undefined> = {};
  const logger = mockServices.logger.mock();
  const { dryRun = false, workspace, remembered } = options;
  const context = {
    ...createMockActionContext<TInput, TOutput>({
      input,
      ...(workspace ? { workspacePath: workspace } : {}),
    }),
    isDryRun: dryRun,
    logger,
    ...(remembered ? { checkpoint: checkpointsIn(remembered) } : {}),
    output(name: keyof TOutput, value: TOutput[keyof TOutput]) {
      output[String(name)] = value;
    },
  };
  await action.handler(context);
  return { output, said: logger.info.mock.calls.map(([line]) => line) };
}

/** Checkpoints as the scaffolder keeps them: a step that was reached is not done again. */
function checkpointsIn(remembered: Map<string, string>) {
  return async <T extends JsonValue | void>(step: {
    key: string;
    fn: () => Promise<T> | T;
  }): Promise<T> => {
    const known = remembered.get(step.key);
    if (known !== undefined) {
      return JSON.parse(known);
    }
    const reached = await step.fn();
    remembered.set(step.key, JSON.stringify(reached));
    return reached;
  };
}
