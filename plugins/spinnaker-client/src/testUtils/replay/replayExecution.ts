// SPDX-License-Identifier: Apache-2.0
import { FakeGate } from '../FakeGate';
import { ManualClock } from '../ManualClock';
import { FakeExecution } from '../model/GateState';
import { isJsonMap, Json, JsonMap, jsonMapSchema } from '../model/Json';
import { claimWebhook } from '../model/PreconfiguredWebhook';
import { compareAnswers } from './compareAnswers';
import {
  RecordedCall,
  RecordedExecution,
  recordedExecutionSchema,
} from './RecordedCall';
import { RecordedWorld } from './RecordedWorld';
import { Replayed } from './replayCalls';

/** What running a stage writes, or the operator; not part of its configuration. */
const WRITTEN =
  /^(webhook|exception|messages|stableManifests|failedManifests|artifacts|resolvedExpectedArtifacts|jobStatus|completionDetails|lastModifiedBy|restartDetails|judgmentStatus|judgmentInput|expressionEvaluationSummary|beforeStagePlanningFailed|optionalArtifacts|requiredArtifacts|notification\.type|(kato|outputs|deploy|manifest)\..*)$/;
const OPERATORS = new Set([
  'url',
  'method',
  'payload',
  'customHeaders',
  'waitForCompletion',
  'statusUrlResolution',
  'statusUrlJsonPath',
  'statusJsonPath',
  'progressJsonPath',
  'successStatuses',
  'canceledStatuses',
  'terminalStatuses',
]);

const STEP_MS = 500;
const LONGEST_MS = 420_000;

/** One thing that was done to the execution before it was read. */
interface Action {
  ready(execution: FakeExecution): boolean;
  method: 'PUT' | 'PATCH';
  path(execution: FakeExecution): string;
  body?: JsonMap;
  /** Whether the recorded call is this one, so that its own answer counts. */
  recorded?: boolean;
}

/**
 * Leads a fake to where a recorded execution was, and compares what it shows there.
 *
 * @remarks
 * The configuration, the answers of other systems and what people did are read off the
 * recording. The fake must pass through a moment in which it answers alike.
 */
export async function replayExecution(options: {
  call: RecordedCall;
  /** The patch that was made before. */
  patch?: RecordedCall;
  ignore?: string[];
}): Promise<Replayed> {
  const { call, patch, ignore } = options;
  const recorded = recordedExecutionSchema.parse(call.body);
  const clock = new ManualClock();
  const gate = newGate(recorded, clock);
  const execution = () => gate.executions[0];
  const actions = actionsOf(recorded, call, patch);
  let differences = ['never reached'];

  await send(
    gate,
    'POST',
    '/pipelines',
    configOf(recorded, patch ?? (call.method === 'PATCH' ? call : undefined)),
  );
  await send(
    gate,
    'POST',
    `/pipelines/rigapp/${encodeURIComponent(recorded.name ?? '')}`,
    recorded.trigger,
  );
  if (gate.executions.length === 0) {
    return { name: call.name, differences: ['it could not be started'] };
  }
  for (let passed = 0; passed < LONGEST_MS; passed += STEP_MS) {
    const action = actions[0];
    if (action?.ready(execution())) {
      actions.shift();
      const response = await send(
        gate,
        action.method,
        action.path(execution()),
        action.body,
      );
      if (action.recorded) {
        const body: Json = JSON.parse((await response.text()) || '""');
        return { name: call.name, differences: compare(call, body, ignore) };
      }
      continue;
    }
    if (!action) {
      differences = compare(call, jsonOf(execution()), ignore);
      if (differences.length === 0) {
        break;
      }
    }
    clock.advance(STEP_MS);
    await gate.tick();
  }
  return { name: call.name, differences };
}

function newGate(recorded: RecordedExecution, clock: ManualClock): FakeGate {
  const operator = {
    ...claimWebhook({ url: 'http://delivery/claims', token: 'token' }),
    signalCancellation: undefined,
    cancelEndpoint: undefined,
    cancelMethod: undefined,
    cancelPayload: undefined,
    parameterValues: undefined,
  };
  return new FakeGate({
    clock,
    backends: new RecordedWorld(recorded),
    webhooks: [operator],
    timing: { start: 0, bake: 1_000, deploy: 2_000 },
  });
}

function compare(
  call: RecordedCall,
  body: Json,
  ignore: string[] | undefined,
): string[] {
  return compareAnswers(call.body, body, { ignore });
}

function actionsOf(
  recorded: RecordedExecution,
  call: RecordedCall,
  patch: RecordedCall | undefined,
): Action[] {
  const actions: Action[] = [];
  const patched = call.method === 'PATCH' ? call : patch;
  if (patched) {
    const before = recordedExecutionSchema.parse(patched.body);
    const target = before.stages.find(({ id }) => patched.path.endsWith(id));
    const refId = target?.refId ?? '';
    if (target?.context.restartDetails !== undefined) {
      actions.push(restartOf(refId));
    }
    actions.push({
      method: 'PATCH',
      recorded: patched === call,
      body: jsonMapSchema.parse(patched.sent ?? {}),
      ready: execution =>
        stageOf(execution, refId)?.status === target?.status &&
        execution.status === before.status &&
        stageOf(execution, refId)?.tasks.length === target?.tasks.length &&
        target?.tasks.at(-1)?.status ===
          stageOf(execution, refId)?.tasks.at(-1)?.status,
      path: execution =>
        `/pipelines/${execution.id}/stages/${stageOf(execution, refId)?.id}`,
    });
  }
  for (const stage of recorded.stages) {
    if (!patched && typeof stage.context.judgmentStatus === 'string') {
      actions.push({
        method: 'PATCH',
        body: Object.fromEntries(
          Object.entries(stage.context).filter(([key]) =>
            ['judgmentStatus', 'judgmentInput'].includes(key),
          ),
        ),
        ready: execution =>
          stageOf(execution, stage.refId)?.status === 'RUNNING',
        path: execution =>
          `/pipelines/${execution.id}/stages/${
            stageOf(execution, stage.refId)?.id
          }`,
      });
    }
    if (!patched && stage.context.restartDetails !== undefined) {
      actions.push(restartOf(stage.refId));
    }
  }
  return [...actions, ...controlActions(recorded)];
}

function restartOf(refId: string): Action {
  return {
    method: 'PUT',
    body: {},
    ready: ({ status }) => !['NOT_STARTED', 'RUNNING'].includes(status),
    path: execution =>
      `/pipelines/${execution.id}/stages/${
        stageOf(execution, refId)?.id
      }/restart`,
  };
}

function isPaused(
  recorded: RecordedExecution,
): 'paused' | 'resumed' | undefined {
  const paused = jsonMapSchema.safeParse(recorded.paused);
  if (!paused.success) {
    return undefined;
  }
  return paused.data.resumeTime === undefined ? 'paused' : 'resumed';
}

/** How many tasks have succeeded, to tell how far an execution had come. */
function progressOf(execution: {
  stages: { tasks: { status: string }[] }[];
}): number {
  return execution.stages
    .flatMap(({ tasks }) => tasks)
    .filter(({ status }) => status === 'SUCCEEDED').length;
}

function controlActions(recorded: RecordedExecution): Action[] {
  const actions: Action[] = [];
  const control = (verb: string, status: string) =>
    actions.push({
      method: 'PUT',
      ready: execution =>
        execution.status === status &&
        (!verb.startsWith('cancel') ||
          progressOf(execution) >= progressOf(recorded)),
      path: ({ id }) => `/pipelines/${id}/${verb}`,
    });
  if (isPaused(recorded)) {
    control('pause', 'RUNNING');
    if (isPaused(recorded) === 'resumed') {
      control('resume', 'PAUSED');
    }
  }
  if (recorded.canceled && recorded.canceledBy !== 'spinnaker') {
    const reason = recorded.cancellationReason;
    control(
      `cancel${reason ? `?reason=${encodeURIComponent(reason)}` : ''}`,
      recorded.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'RUNNING',
    );
  }
  return actions;
}

function configOf(
  recorded: RecordedExecution,
  patch: RecordedCall | undefined,
): JsonMap {
  const patchedKeys = Object.keys(isJsonMap(patch?.sent) ? patch.sent : {});
  const config: JsonMap = {
    application: 'rigapp',
    name: recorded.name ?? '',
    id: recorded.pipelineConfigId ?? 'config',
    keepWaitingPipelines: recorded.keepWaitingPipelines,
    triggers: [],
    stages: recorded.stages.map(stage => {
      const configured: JsonMap = {
        type: stage.type,
        name: stage.name,
        refId: stage.refId,
        requisiteStageRefIds: stage.requisiteStageRefIds,
      };
      for (const [key, value] of Object.entries(stage.context)) {
        const written =
          WRITTEN.test(key) ||
          patchedKeys.includes(key) ||
          (stage.context.alias === 'preconfiguredWebhook' &&
            OPERATORS.has(key)) ||
          (key === 'statusEndpoint' && stage.context.monitorOnly !== true) ||
          (key === 'cloudProvider' && stage.type === 'bakeManifest') ||
          (key === 'manifests' && stage.context.source === 'artifact');
        if (!written) {
          configured[key] = value;
        }
      }
      return configured;
    }),
  };
  if (recorded.spelEvaluator) {
    config.spelEvaluator = recorded.spelEvaluator;
  }
  return config;
}

function stageOf(execution: FakeExecution, refId: string) {
  return execution.stages.find(one => one.refId === refId);
}

function send(
  gate: FakeGate,
  method: string,
  path: string,
  body?: JsonMap,
): Promise<Response> {
  return gate.handle(
    new Request(`http://gate${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    }),
  );
}

function jsonOf(execution: FakeExecution): Json {
  return JSON.parse(JSON.stringify(execution));
}
