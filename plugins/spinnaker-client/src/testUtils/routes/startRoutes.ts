// SPDX-License-Identifier: Apache-2.0
import { GateFailure, GateReply } from '../GateReply';
import { isJsonMap, Json, JsonMap } from '../model/Json';
import { bodyOf, GateContext, GateRoute } from './GateRoute';
import { pipelinesOf } from './pipelineRoutes';
import {
  missingParameter,
  startExecution,
  StartRefused,
  withDefaults,
} from './startExecution';

/** Everything that starts an execution. */
export const startRoutes: GateRoute[] = [
  {
    method: 'POST',
    pattern: '/pipelines/start',
    handle: (call, context) => {
      const pipeline = bodyOf(call);
      return start({
        context,
        user: call.user,
        pipeline,
        trigger: isJsonMap(pipeline.trigger) ? pipeline.trigger : {},
        doing: 'ad hoc',
        status: 200,
      });
    },
  },
  {
    method: 'POST',
    pattern: '/pipelines/v2/:/:',
    handle: (call, context) => {
      const [application, nameOrId] = call.params;
      const pipeline = findPipeline(context, application, nameOrId);
      const { body } = start({
        context,
        user: call.user,
        pipeline,
        trigger: triggerOf(pipeline, bodyOf(call, {})),
        doing: `application: ${application}, pipelineNameOrId: ${nameOrId}`,
        status: 202,
      });
      return {
        status: 202,
        body: {
          eventId: context.newUuid(),
          ...(typeof body === 'object' ? body : {}),
        },
      };
    },
  },
  {
    method: 'POST',
    pattern: '/pipelines/:/:',
    handle: (call, context) => {
      const [application, nameOrId] = call.params;
      const body = bodyOf(call, {});
      const pipeline = findPipeline(context, application, nameOrId);
      const given = isJsonMap(body.parameters) ? body.parameters : {};
      const missing = missingParameter(pipeline, given);
      if (missing !== undefined) {
        throw new GateFailure({
          status: 400,
          message: `Required parameter ${missing} is missing`,
          exception: 'java.lang.IllegalArgumentException',
        });
      }
      return start({
        context,
        user: call.user,
        pipeline,
        trigger: triggerOf(pipeline, body),
        doing: `application: ${application}, pipelineNameOrId: ${nameOrId}`,
        status: 202,
      });
    },
  },
  {
    method: 'POST',
    pattern: '/webhooks/webhook/:',
    handle: (call, context) => {
      const payload = bodyOf(call, {});
      const eventId = context.newUuid();
      for (const pipeline of context.state.pipelines) {
        const trigger = matchingTrigger(pipeline, call.params[0], payload);
        // A disabled pipeline is passed over without a word, as Echo does.
        if (trigger && pipeline.disabled !== true) {
          const given = isJsonMap(payload.parameters) ? payload.parameters : {};
          startExecution({
            context,
            pipeline,
            user: 'anonymous',
            trigger: {
              ...trigger,
              type: 'webhook',
              user: 'anonymous',
              eventId,
              payload,
              parameters: withDefaults(pipeline, given),
              artifacts: Array.isArray(payload.artifacts)
                ? payload.artifacts
                : [],
            },
          });
        }
      }
      return { status: 200, body: { eventId, eventProcessed: true } };
    },
  },
];

function start(options: {
  context: GateContext;
  user: string;
  pipeline: JsonMap;
  trigger: JsonMap;
  doing: string;
  status: number;
}): GateReply {
  const { doing, status } = options;
  try {
    const { id } = startExecution(options);
    return { status, body: { ref: `/pipelines/${id}` } };
  } catch (error) {
    if (error instanceof StartRefused) {
      throw new GateFailure({
        status: 400,
        message: `Unable to trigger pipeline (${doing}). Error: Status: 400, Method: POST, URL: http://orca/orchestrate, Message: ${error.message}`,
      });
    }
    throw error;
  }
}

function triggerOf(pipeline: JsonMap, body: JsonMap): JsonMap {
  const given = isJsonMap(body.parameters) ? body.parameters : {};
  return { ...body, parameters: withDefaults(pipeline, given) };
}

/** By name in its application, otherwise by id in any application. */
function findPipeline(
  context: GateContext,
  application: string,
  nameOrId: string,
): JsonMap {
  const found =
    pipelinesOf(context.state, application).find(
      one => one.name === nameOrId,
    ) ?? context.state.pipelines.find(one => one.id === nameOrId);
  if (!found) {
    throw new GateFailure({
      status: 404,
      message: `Unable to trigger pipeline (application: ${application}, pipelineNameOrId: ${nameOrId}). Error: Pipeline configuration not found (id: ${nameOrId}): Status: 404, Method: GET, URL: http://front50/pipelines/${nameOrId}/get, Message: No item found in cache with id of ${nameOrId}`,
    });
  }
  return found;
}

function matchingTrigger(
  pipeline: JsonMap,
  source: string,
  payload: JsonMap,
): JsonMap | undefined {
  const triggers = Array.isArray(pipeline.triggers) ? pipeline.triggers : [];
  return triggers
    .filter(isJsonMap)
    .find(
      trigger =>
        trigger.type === 'webhook' &&
        trigger.enabled === true &&
        trigger.source === source &&
        satisfies(payload, trigger.payloadConstraints),
    );
}

/** Each constraint is searched for anywhere in its value: it is not anchored. */
function satisfies(payload: JsonMap, constraints: Json | undefined): boolean {
  return Object.entries(isJsonMap(constraints) ? constraints : {}).every(
    ([key, pattern]) => {
      const value = payload[key];
      return (
        value !== undefined &&
        (pattern === null || new RegExp(String(pattern)).test(asText(value)))
      );
    },
  );
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
