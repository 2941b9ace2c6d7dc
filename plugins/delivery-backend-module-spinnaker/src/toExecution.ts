// SPDX-License-Identifier: Apache-2.0
import { digestOf, type Execution } from 'backstage-plugin-delivery-node';
import {
  CLAIM_STAGE_TYPE,
  executedAsRendered,
  type ExecutionStatus,
  START_PARAMETER_NAMES,
  START_PARAMETER_PATTERNS,
  type SpinnakerExecution,
  type SpinnakerExecutionStage,
  type SpinnakerPipeline,
} from 'backstage-plugin-spinnaker-client';
import { failureMessage, stageMessage } from './executionMessages';

type StepState = Execution['steps'][number]['state'];

const STEP_STATES: Record<ExecutionStatus, StepState> = {
  NOT_STARTED: 'waiting',
  BUFFERED: 'waiting',
  RUNNING: 'running',
  PAUSED: 'running',
  SUSPENDED: 'running',
  REDIRECT: 'running',
  SUCCEEDED: 'succeeded',
  FAILED_CONTINUE: 'failed',
  SKIPPED: 'skipped',
  STOPPED: 'failed',
  TERMINAL: 'failed',
  CANCELED: 'failed',
};

/** Types of Spinnaker stages that change nothing in a cluster. */
const HARMLESS = new Set([
  CLAIM_STAGE_TYPE,
  'preconfiguredWebhook',
  'bakeManifest',
  'checkPreconditions',
  'evaluateVariables',
  'manualJudgment',
  'wait',
  'webhook',
]);

/**
 * Puts a Spinnaker execution into the words of delivery.
 *
 * @remarks
 * `rendered` is what was made for the target; without it nothing can be said of the
 * integrity, so it does not count as intact.
 */
export function toExecution(
  execution: SpinnakerExecution,
  options: {
    rendered: SpinnakerPipeline | undefined;
    /** The account that our credentials belong to. */
    ourUser: string | undefined;
    url?: string;
  },
): Execution {
  const { rendered, ourUser, url } = options;
  const stages = execution.stages.filter(({ parentStageId }) => !parentStageId);
  const user = execution.authentication.user ?? '';
  const state = stateOf(execution, stages);
  const ended = state !== 'queued' && state !== 'running';
  const failure = ended ? failureMessage(execution) : undefined;
  return {
    ref: {
      engine: 'spinnaker',
      id: execution.id,
      ...(url ? { url } : {}),
    },
    state,
    application: execution.application,
    pipelineId: execution.pipelineConfigId ?? '',
    ...(execution.trigger.correlationId
      ? { correlationId: execution.trigger.correlationId }
      : {}),
    parameters: parametersOf(execution),
    received: receivedOf(execution),
    startedBy: { user, ours: ourUser !== undefined && user === ourUser },
    createdAt: instant(execution.buildTime ?? execution.startTime ?? 0),
    // `endTime` may be there while it still runs, so only an ended one tells it.
    ...(ended && execution.endTime
      ? { endedAt: instant(execution.endTime) }
      : {}),
    cancelRequested: execution.canceled,
    steps: stages.map(stage => {
      const message = stageMessage(stage);
      return {
        name: stage.name || stage.type,
        state: STEP_STATES[stage.status],
        ...(message ? { message } : {}),
      };
    }),
    deployReached: stages.some(changesClusterAndBegan),
    claim: claimOf(stages),
    integrity: integrityOf(execution, rendered),
    ...(failure ? { message: failure } : {}),
  };
}

function stateOf(
  execution: SpinnakerExecution,
  stages: SpinnakerExecutionStage[],
): Execution['state'] {
  switch (execution.status) {
    case 'NOT_STARTED':
    case 'BUFFERED':
      return 'queued';
    case 'RUNNING':
    case 'PAUSED':
    case 'SUSPENDED':
    case 'REDIRECT':
      return 'running';
    case 'CANCELED':
    case 'SKIPPED':
      return 'cancelled';
    case 'SUCCEEDED':
      // Spinnaker counts a stopped or ignored failure as success; delivery does not.
      return stages.every(({ status }) => status === 'SUCCEEDED')
        ? 'succeeded'
        : 'failed';
    default:
      return 'failed';
  }
}

function integrityOf(
  execution: SpinnakerExecution,
  rendered: SpinnakerPipeline | undefined,
): Execution['integrity'] {
  if (!rendered) {
    return {
      intact: false,
      reason: 'It is not known what it should have been compared with',
    };
  }
  const compared = executedAsRendered(execution, rendered);
  return compared.ok
    ? { intact: true }
    : { intact: false, reason: compared.reason };
}

function claimOf(stages: SpinnakerExecutionStage[]): Execution['claim'] {
  const claim = stages.find(({ type }) => type === CLAIM_STAGE_TYPE);
  switch (claim?.status) {
    case undefined:
      return 'none';
    case 'SUCCEEDED':
      return 'admitted';
    case 'NOT_STARTED':
    case 'RUNNING':
    case 'PAUSED':
      return 'waiting';
    default:
      return 'refused';
  }
}

function changesClusterAndBegan(stage: SpinnakerExecutionStage): boolean {
  const { alias } = stage.context;
  const harmless =
    HARMLESS.has(stage.type) &&
    (typeof alias !== 'string' || HARMLESS.has(alias));
  return !harmless && !['NOT_STARTED', 'SKIPPED'].includes(stage.status);
}

function parametersOf(execution: SpinnakerExecution): Execution['parameters'] {
  const found: Execution['parameters'] = {};
  for (const name of START_PARAMETER_NAMES) {
    const value = execution.trigger.parameters[name];
    // The hand-over by CI leaves the promotion empty.
    if (typeof value === 'string' && value !== '') {
      found[name] = value;
    }
  }
  return found;
}

/** What was baked is compared with the parameters elsewhere; this is what they hold. */
function receivedOf(execution: SpinnakerExecution): Execution['received'] {
  const { valuesBase64, chartBase64 } = execution.trigger.parameters;
  const values = digestOfBase64('valuesBase64', valuesBase64);
  const chart = digestOfBase64('chartBase64', chartBase64);
  return { ...(values ? { values } : {}), ...(chart ? { chart } : {}) };
}

function digestOfBase64(
  name: 'valuesBase64' | 'chartBase64',
  text: unknown,
): string | undefined {
  if (typeof text !== 'string' || text === '') {
    return undefined;
  }
  // Node reads more than Spinnaker does: what is not plain base64 has no bytes to tell of.
  return START_PARAMETER_PATTERNS[name].test(text)
    ? digestOf(new Uint8Array(Buffer.from(text, 'base64')))
    : digestOf(text);
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
