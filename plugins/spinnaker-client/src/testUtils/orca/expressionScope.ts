// SPDX-License-Identifier: Apache-2.0
import { ExpressionScope } from '../expressions/evaluateExpression';
import { FakeExecution, FakeStage } from '../model/GateState';
import { isJsonMap, JsonMap } from '../model/Json';

/** What the expressions of a stage, or of a trigger when no stage is given, can see. */
export function expressionScope(
  execution: FakeExecution,
  stage?: FakeStage,
): ExpressionScope {
  const parameters = execution.trigger.parameters;
  const shown: JsonMap = {
    id: execution.id,
    application: execution.application,
    name: execution.name ?? null,
    pipelineConfigId: execution.pipelineConfigId ?? null,
    status: execution.status,
    user: execution.authentication.user ?? null,
    trigger: execution.trigger,
  };
  return {
    names: {
      ...ancestorOutputs(execution, stage),
      ...stage?.context,
      trigger: execution.trigger,
      parameters: isJsonMap(parameters) ? parameters : {},
      execution: shown,
    },
    stage: name => {
      const found = execution.stages.find(one => one.name === name);
      return found
        ? {
            name: found.name,
            status: found.status,
            context: found.context,
            outputs: found.outputs,
          }
        : undefined;
    },
  };
}

/** The stages before one, nearest first. */
export function ancestors(
  execution: FakeExecution,
  stage: FakeStage,
): FakeStage[] {
  const found: FakeStage[] = [];
  const queue = [...stage.requisiteStageRefIds];
  while (queue.length > 0) {
    const refId = queue.shift();
    const before = execution.stages.find(one => one.refId === refId);
    if (before && before !== stage && !found.includes(before)) {
      found.push(before);
      queue.push(...before.requisiteStageRefIds);
    }
  }
  return found;
}

function ancestorOutputs(
  execution: FakeExecution,
  stage: FakeStage | undefined,
): JsonMap {
  const outputs = stage
    ? ancestors(execution, stage)
        .reverse()
        .map(one => one.outputs)
    : [];
  return Object.assign({}, ...outputs);
}
