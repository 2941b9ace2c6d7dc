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
  options: { dryRun?: boolean; workspace?: string } = {},
) {
  const output: Record<string, JsonValue | undefined> = {};
  const logger = mockServices.logger.mock();
  const { dryRun = false, workspace } = options;
  const context = {
    ...createMockActionContext<TInput, TOutput>({
      input,
      ...(workspace ? { workspacePath: workspace } : {}),
    }),
    isDryRun: dryRun,
    logger,
    output(name: keyof TOutput, value: TOutput[keyof TOutput]) {
      output[String(name)] = value;
    },
  };
  await action.handler(context);
  return { output, said: logger.info.mock.calls.map(([line]) => line) };
}
