// SPDX-License-Identifier: Apache-2.0
import { GateFailure } from '../GateReply';
import { evaluateAll } from '../expressions/evaluateAll';
import { FakeExecution } from '../model/GateState';
import { isJsonMap, Json, JsonMap } from '../model/Json';
import { createExecution, createTrigger } from '../orca/createExecution';
import { isEnded } from '../orca/executionControl';
import { expressionScope } from '../orca/expressionScope';
import { GateContext } from './GateRoute';

/** Thrown when an execution was stored that failed on startup. */
export class StartRefused extends Error {
  readonly name = 'StartRefused';
}

/**
 * Stores an execution for Orca to run, as Orca's `/orchestrate` does.
 *
 * @remarks
 * A `correlationId` leads to the execution that carries it only while that one has not
 * ended. A pipeline that is disabled, and artifacts that cannot be bound, leave an
 * execution behind that is TERMINAL at once, although the caller gets an error.
 */
export function startExecution(options: {
  context: GateContext;
  pipeline: JsonMap;
  trigger: JsonMap;
  user: string;
}): FakeExecution {
  const { context, pipeline, user } = options;
  const { state } = context;
  const trigger = createTrigger(options.trigger, user);
  const correlationId = trigger.correlationId;
  if (correlationId !== undefined && String(correlationId).length > 255) {
    throw new GateFailure({
      status: 500,
      message: `Status: 500, Method: POST, URL: http://orca/orchestrate, Message: value too long for type character varying(255)`,
    });
  }
  const running =
    correlationId === undefined || context.racing
      ? undefined
      : state.executions.find(
          one =>
            one.trigger.correlationId === correlationId && !isEnded(one.status),
        );
  if (running) {
    return running;
  }
  const execution = createExecution({
    pipeline,
    trigger,
    user,
    now: context.now(),
    newId: context.newId,
    executionId:
      typeof pipeline.executionId === 'string'
        ? pipeline.executionId
        : undefined,
  });
  // The whole trigger is evaluated, `user` and `correlationId` included.
  execution.trigger = evaluateAll({
    value: trigger,
    scope: expressionScope(execution),
  }).value;
  // A client may choose the id; the same one again overwrites what runs under it.
  state.executions = [
    ...state.executions.filter(({ id }) => id !== execution.id),
    execution,
  ];
  const refusal = refusalOf(pipeline, trigger);
  if (refusal) {
    execution.status = 'TERMINAL';
    execution.canceled = true;
    execution.canceledBy = 'system';
    execution.cancellationReason = `Failed on startup: ${refusal}`;
    throw new StartRefused(refusal);
  }
  return execution;
}

function refusalOf(pipeline: JsonMap, trigger: JsonMap): string | undefined {
  if (pipeline.disabled === true) {
    return 'Pipeline is disabled and cannot be started.';
  }
  const wanted = list(trigger.expectedArtifactIds).map(String);
  const offered = list(trigger.artifacts).filter(isJsonMap);
  for (const expected of list(pipeline.expectedArtifacts).filter(isJsonMap)) {
    if (!wanted.includes(String(expected.id))) {
      continue;
    }
    const match = isJsonMap(expected.matchArtifact)
      ? expected.matchArtifact
      : {};
    const found = offered.filter(
      one => one.type === match.type && one.name === match.name,
    );
    if (found.length !== 1 && expected.useDefaultArtifact !== true) {
      return found.length === 0
        ? `Unmatched expected artifact ${String(
            expected.id,
          )} could not be resolved.`
        : `Expected artifact ${String(expected.id)} matches multiple artifacts`;
    }
  }
  return undefined;
}

/** The parameters of a start: those given, and the defaults of those that are not. */
export function withDefaults(pipeline: JsonMap, given: JsonMap): JsonMap {
  const parameters: JsonMap = {};
  for (const one of list(pipeline.parameterConfig).filter(isJsonMap)) {
    const name = String(one.name);
    if (given[name] === undefined && one.default !== undefined) {
      parameters[name] = one.default;
    }
  }
  return { ...parameters, ...given };
}

/** Name of the first required parameter that is missing and has no default. */
export function missingParameter(
  pipeline: JsonMap,
  given: JsonMap,
): string | undefined {
  const missing = list(pipeline.parameterConfig)
    .filter(isJsonMap)
    .find(
      one =>
        one.required === true &&
        one.default === undefined &&
        given[String(one.name)] === undefined,
    );
  return missing ? String(missing.name) : undefined;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
