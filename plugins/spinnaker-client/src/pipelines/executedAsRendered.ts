// SPDX-License-Identifier: Apache-2.0
import {
  SpinnakerExecution,
  SpinnakerExecutionStage,
} from '../schemas/execution';
import {
  SpinnakerPipeline,
  SpinnakerPipelineStage,
} from '../schemas/pipelineConfig';
import { canonicalJson } from './canonicalJson';
import { CLAIM_STAGE_TYPE } from './renderDeployPipeline';

/** Whether an execution is what was rendered, and if not, the first difference in a sentence. @public */
export type ExecutedAsRendered = { ok: true } | { ok: false; reason: string };

/** Fields of a configured stage that an execution keeps beside the context. */
const BESIDE_CONTEXT = new Set([
  'refId',
  'type',
  'name',
  'requisiteStageRefIds',
]);

/** What the operator's webhook and its two tasks write into the context of a claim. */
const WRITTEN_BY_CLAIM = new Set([
  'alias',
  'url',
  'method',
  'customHeaders',
  'payload',
  'waitForCompletion',
  'statusUrlResolution',
  'statusUrlJsonPath',
  'statusJsonPath',
  'progressJsonPath',
  'successStatuses',
  'canceledStatuses',
  'terminalStatuses',
  'failFastStatusCodes',
  'signalCancellation',
  'cancelEndpoint',
  'cancelMethod',
  'cancelPayload',
  'parameterData',
  'statusEndpoint',
  'webhook',
  'exception',
  'expressionEvaluationSummary',
]);

/** What lets a stage be left out, succeed by itself, or fail without consequence. */
const BYPASS_FIELDS = [
  'stageEnabled',
  'manualSkip',
  'skip',
  'startTimeExpiry',
  'monitorOnly',
  'markSuccessfulOnTimeout',
  'failPipeline',
  'continuePipeline',
  'completeOtherBranchesThenFail',
  'stageTimeoutMs',
  'overrideTimeout',
  'retryStatusCodes',
  'restrictExecutionDuringTimeWindow',
  'alias',
  'overrides',
  'inputArtifacts',
  'manifestArtifact',
  'manifests',
];

/** Of {@link BYPASS_FIELDS}, those that running a stage writes by itself. */
const WRITTEN_BY_TYPE: Record<string, string[]> = {
  deployManifest: ['manifests'],
  bakeManifest: [],
};

/**
 * Compares an execution, as Spinnaker runs or ran it, with the Spinnaker pipeline that was
 * rendered for the promotion.
 *
 * @remarks
 * Spinnaker lets people with rights on the application skip the claim, patch a running
 * stage, hand in artifacts or restart a later stage; each of them leaves a trace, and each
 * trace makes the answer `ok: false`. The execution must have been read with its contexts.
 * Whether id, user and parameters are the expected ones is for the caller to check.
 *
 * @public
 */
export function executedAsRendered(
  execution: SpinnakerExecution,
  pipeline: SpinnakerPipeline,
): ExecutedAsRendered {
  const reason =
    differsAsAWhole(execution, pipeline) ??
    differsInTrigger(execution) ??
    differsInGraph(execution, pipeline) ??
    firstReason(pipeline.stages, rendered => {
      const stage = execution.stages.find(
        ({ refId }) => refId === rendered.refId,
      );
      return stage
        ? differsInStage({ stage, rendered, execution })
        : `The Spinnaker stage '${rendered.name}' is missing`;
    }) ??
    wentPastClaim(execution);
  return reason === undefined ? { ok: true } : { ok: false, reason };
}

function differsAsAWhole(
  execution: SpinnakerExecution,
  pipeline: SpinnakerPipeline,
): string | undefined {
  if (execution.application !== pipeline.application) {
    return `It belongs to the Spinnaker application '${execution.application}', not to '${pipeline.application}'`;
  }
  if (pipeline.id !== undefined && execution.pipelineConfigId !== pipeline.id) {
    return `It is not an execution of the Spinnaker pipeline '${pipeline.name}'`;
  }
  if ((execution.name ?? '') !== pipeline.name) {
    return `It is an execution of '${execution.name}', not of '${pipeline.name}'`;
  }
  if ((execution.spelEvaluator ?? undefined) !== pipeline.spelEvaluator) {
    return 'Its expressions are evaluated in another way than rendered';
  }
  if (typeof execution.startTimeExpiry === 'number') {
    return 'It carries a start time expiry that was not rendered';
  }
  return undefined;
}

function differsInTrigger(execution: SpinnakerExecution): string | undefined {
  const { trigger } = execution;
  if (trigger.dryRun) {
    return 'It was started as a dry run';
  }
  if (
    trigger.artifacts.length > 0 ||
    trigger.expectedArtifacts.length > 0 ||
    trigger.resolvedExpectedArtifacts.length > 0
  ) {
    return 'Its trigger brought artifacts, which can replace what was rendered';
  }
  return undefined;
}

function differsInGraph(
  execution: SpinnakerExecution,
  pipeline: SpinnakerPipeline,
): string | undefined {
  const extra = execution.stages.find(
    stage => !pipeline.stages.some(({ refId }) => refId === stage.refId),
  );
  if (extra) {
    return `It has the Spinnaker stage '${
      extra.name || extra.type
    }', which was not rendered`;
  }
  return execution.stages.length === pipeline.stages.length
    ? undefined
    : `It has ${execution.stages.length} Spinnaker stages, ${pipeline.stages.length} were rendered`;
}

function differsInStage(options: {
  stage: SpinnakerExecutionStage;
  rendered: SpinnakerPipelineStage;
  execution: SpinnakerExecution;
}): string | undefined {
  const { stage, rendered, execution } = options;
  const name = rendered.name ?? rendered.type;
  if (stage.type !== rendered.type) {
    return `The Spinnaker stage '${name}' is of type '${stage.type}', '${rendered.type}' was rendered`;
  }
  const requisites = rendered.requisiteStageRefIds ?? [];
  if (
    [...stage.requisiteStageRefIds].sort().join() !==
    [...requisites].sort().join()
  ) {
    return `The Spinnaker stage '${name}' does not wait for the stages it was rendered behind`;
  }
  if (stage.context.restartDetails !== undefined) {
    return `The Spinnaker stage '${name}' was restarted`;
  }
  if (stage.lastModified || stage.context.lastModifiedBy !== undefined) {
    return `The Spinnaker stage '${name}' was changed while the execution ran`;
  }
  if (typeof stage.startTimeExpiry === 'number') {
    return `The Spinnaker stage '${name}' carries 'startTimeExpiry', which was not rendered`;
  }
  if (Object.keys(stage.context).length === 0) {
    return `The Spinnaker stage '${name}' was read without its context`;
  }
  return (
    changedField({ stage, rendered, execution, name }) ??
    addedField({ stage, rendered, name })
  );
}

function changedField(options: {
  stage: SpinnakerExecutionStage;
  rendered: SpinnakerPipelineStage;
  execution: SpinnakerExecution;
  name: string;
}): string | undefined {
  const { stage, rendered, execution, name } = options;
  return firstReason(Object.entries(rendered), ([key, value]) => {
    if (BESIDE_CONTEXT.has(key)) {
      return undefined;
    }
    const found = canonicalJson(stage.context[key]);
    const literal = canonicalJson(value);
    return found === literal ||
      found === canonicalJson(withParameters(value, execution))
      ? undefined
      : `'${key}' of the Spinnaker stage '${name}' is not what was rendered`;
  });
}

function addedField(options: {
  stage: SpinnakerExecutionStage;
  rendered: SpinnakerPipelineStage;
  name: string;
}): string | undefined {
  const { stage, rendered, name } = options;
  const isClaim = rendered.type === CLAIM_STAGE_TYPE;
  const strict = isClaim || stage.status === 'NOT_STARTED';
  const added = Object.keys(stage.context).find(key => {
    if (key in rendered) {
      return false;
    }
    if (isClaim && WRITTEN_BY_CLAIM.has(key)) {
      return false;
    }
    return strict
      ? true
      : BYPASS_FIELDS.includes(key) &&
          !WRITTEN_BY_TYPE[rendered.type]?.includes(key);
  });
  if (added) {
    return `The Spinnaker stage '${name}' carries '${added}', which was not rendered`;
  }
  if (isClaim && stage.context.statusEndpoint !== answeredStatusUrl(stage)) {
    return `The Spinnaker stage '${name}' asks another address than the one it was given`;
  }
  return undefined;
}

/** Where the portal told the claim to ask, according to the answer it got. */
function answeredStatusUrl(stage: SpinnakerExecutionStage): unknown {
  const { webhook } = stage.context;
  return typeof webhook === 'object' &&
    webhook !== null &&
    !Array.isArray(webhook)
    ? webhook.statusEndpoint
    : undefined;
}

function wentPastClaim(execution: SpinnakerExecution): string | undefined {
  const claim = execution.stages.find(({ type }) => type === CLAIM_STAGE_TYPE);
  if (!claim || claim.status === 'SUCCEEDED') {
    return undefined;
  }
  const later = execution.stages.find(
    stage =>
      stage !== claim &&
      stage.status !== 'NOT_STARTED' &&
      stage.status !== 'CANCELED',
  );
  return later
    ? `'${later.name}' started although the claim reads ${claim.status}`
    : undefined;
}

/** Fills in `${parameters.x}` the way Spinnaker does. */
function withParameters(
  value: unknown,
  execution: SpinnakerExecution,
): unknown {
  if (typeof value === 'string') {
    const match = /^\$\{parameters\.([A-Za-z0-9]+)\}$/.exec(value);
    return match ? execution.trigger.parameters[match[1]] ?? value : value;
  }
  if (Array.isArray(value)) {
    return value.map(item => withParameters(item, execution));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        withParameters(item, execution),
      ]),
    );
  }
  return value;
}

function firstReason<T>(
  items: Iterable<T>,
  check: (item: T) => string | undefined,
): string | undefined {
  for (const item of items) {
    const reason = check(item);
    if (reason !== undefined) {
      return reason;
    }
  }
  return undefined;
}
