// SPDX-License-Identifier: Apache-2.0
import { FakeExecution, FakeStage } from '../model/GateState';
import { isJsonMap, Json, JsonMap } from '../model/Json';

const BESIDE_CONTEXT = new Set([
  'type',
  'name',
  'refId',
  'requisiteStageRefIds',
  'startTimeExpiry',
]);

/** Builds the execution of a pipeline document, as Orca stores it before it starts. */
export function createExecution(options: {
  pipeline: JsonMap;
  trigger: JsonMap;
  user: string | undefined;
  now: number;
  newId(): string;
  executionId?: string;
}): FakeExecution {
  const { pipeline, trigger, user, now, newId } = options;
  const expiry = Number(pipeline.startTimeExpiry);
  return {
    application: text(pipeline.application) ?? '',
    authentication: { allowedAccounts: [], user },
    buildTime: now,
    canceled: false,
    id: options.executionId ?? newId(),
    initialConfig: {},
    keepWaitingPipelines: pipeline.keepWaitingPipelines === true,
    limitConcurrent: pipeline.limitConcurrent === true,
    maxConcurrentExecutions: Number(pipeline.maxConcurrentExecutions ?? 0),
    name: text(pipeline.name),
    notifications: Array.isArray(pipeline.notifications)
      ? pipeline.notifications
      : [],
    origin: 'api',
    pipelineConfigId: text(pipeline.id),
    spelEvaluator: text(pipeline.spelEvaluator),
    stages: stagesOf(pipeline).map(stage => createStage(stage, newId)),
    startTimeExpiry: expiry > 0 ? expiry : undefined,
    status: 'NOT_STARTED',
    systemNotifications: [],
    templateVariables: {},
    trigger,
    type: 'PIPELINE',
  };
}

/** Builds one stage of an execution from its configuration. */
export function createStage(config: JsonMap, newId: () => string): FakeStage {
  const context = Object.fromEntries(
    Object.entries(config).filter(([key]) => !BESIDE_CONTEXT.has(key)),
  );
  const requisites = config.requisiteStageRefIds;
  const expiry = Number(config.startTimeExpiry);
  return {
    context,
    id: newId(),
    name: text(config.name) ?? text(config.type) ?? '',
    outputs: {},
    refId: text(config.refId) ?? '',
    requisiteStageRefIds: Array.isArray(requisites)
      ? requisites.map(String)
      : [],
    startTimeExpiry: expiry > 0 ? expiry : undefined,
    status: 'NOT_STARTED',
    tasks: [],
    type: text(config.type) ?? '',
  };
}

/** The trigger as Orca stores it: the known fields with their defaults, and all others. */
export function createTrigger(body: JsonMap, user: string): JsonMap {
  return {
    artifacts: [],
    dryRun: false,
    expectedArtifacts: [],
    notifications: [],
    parameters: {},
    rebake: false,
    resolvedExpectedArtifacts: [],
    strategy: false,
    type: 'manual',
    user,
    ...body,
  };
}

function stagesOf(pipeline: JsonMap): JsonMap[] {
  return Array.isArray(pipeline.stages)
    ? pipeline.stages.filter(isJsonMap)
    : [];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
