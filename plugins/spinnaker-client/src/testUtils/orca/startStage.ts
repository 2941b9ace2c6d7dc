// SPDX-License-Identifier: Apache-2.0
import { evaluateAll } from '../expressions/evaluateAll';
import { FakeExecution, FakeStage } from '../model/GateState';
import { isJsonMap } from '../model/Json';
import { expressionScope } from './expressionScope';
import { OrcaWorld } from './StageDefinition';
import { findStageDefinition, STAGE_TYPES } from './stageDefinitions';

/** Starts a stage whose requisites are done: it then runs, is skipped, or has failed. */
export function startStage(options: {
  execution: FakeExecution;
  stage: FakeStage;
  now: number;
  world: OrcaWorld;
}): void {
  const { execution, stage, now, world } = options;
  if (stage.startTimeExpiry !== undefined && stage.startTimeExpiry < now) {
    stage.status = 'SKIPPED';
    stage.endTime = now;
    return;
  }
  if (isDisabled(execution, stage)) {
    stage.status = 'SKIPPED';
    stage.endTime = now;
    return;
  }
  const definition = findStageDefinition(stage, world.webhooks);
  if (!definition) {
    failPlanning(stage, now);
    return;
  }
  Object.assign(stage.context, definition.prepare?.({ stage, world }));
  const definitions = definition.tasks(stage);
  stage.status = 'RUNNING';
  stage.startTime = now;
  stage.tasks = definitions.map((task, index) => ({
    id: String(index + 1),
    implementingClass: task.implementingClass,
    loopEnd: false,
    loopStart: false,
    name: task.name,
    stageEnd: index === definitions.length - 1,
    stageStart: index === 0,
    startTime: index === 0 ? now : undefined,
    status: index === 0 ? 'RUNNING' : 'NOT_STARTED',
    taskExceptionDetails: {},
  }));
  const progress = world.state.progress[stage.id];
  world.state.progress[stage.id] = {
    nextAt: now,
    attempt: (progress?.attempt ?? 0) + 1,
  };
}

function isDisabled(execution: FakeExecution, stage: FakeStage): boolean {
  const enabled = stage.context.stageEnabled;
  if (!isJsonMap(enabled) || enabled.type !== 'expression') {
    return false;
  }
  const { value } = evaluateAll({
    value: { expression: `\${${String(enabled.expression)}}` },
    scope: expressionScope(execution, stage),
  });
  return value.expression === false || value.expression === 'false';
}

function failPlanning(stage: FakeStage, now: number): void {
  const alias = stage.context.alias ?? null;
  const message = `No StageDefinitionBuilder implementation for ${
    stage.type
  }(alias: ${alias}) found (knownTypes: ${STAGE_TYPES.join(',')})`;
  stage.status = 'TERMINAL';
  stage.endTime = now;
  Object.assign(stage.context, {
    beforeStagePlanningFailed: true,
    exception: {
      details: {
        error: 'Unexpected Task Failure',
        errors: [message],
        stackTrace: `com.netflix.spinnaker.orca.StageResolver$NoSuchStageDefinitionBuilderException: ${message}\n`,
      },
      exceptionType: 'NoSuchStageDefinitionBuilderException',
      operation: `${stage.name}:ConstructAfterStages`,
      shouldRetry: false,
      timestamp: now,
    },
  });
}
