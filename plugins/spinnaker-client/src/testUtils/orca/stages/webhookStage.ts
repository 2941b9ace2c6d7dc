// SPDX-License-Identifier: Apache-2.0
import { readJsonPath } from '../../expressions/readJsonPath';
import { isJsonMap, Json, JsonMap } from '../../model/Json';
import { PreconfiguredWebhook } from '../../model/PreconfiguredWebhook';
import {
  StageDefinition,
  succeeded,
  TaskDefinition,
  TaskOutcome,
  TaskRun,
} from '../StageDefinition';
import { monitorWebhook } from './monitorWebhook';
import { callWebhook, WebhookAnswer } from './webhookCall';

const createWebhook: TaskDefinition = {
  name: 'createWebhook',
  implementingClass:
    'com.netflix.spinnaker.orca.webhook.tasks.CreateWebhookTask',
  timeoutMs: timing => timing.webhookRetryFor,
  run: create,
};

const waitBeforeMonitor: TaskDefinition = {
  name: 'waitBeforeMonitorWebhook',
  implementingClass: 'com.netflix.spinnaker.orca.pipeline.tasks.WaitTask',
  run: async ({ stage, elapsed }) => {
    const left = Number(stage.context.waitBeforeMonitor) * 1000 - elapsed;
    return left <= 0 ? succeeded() : { kind: 'running', after: left };
  },
};

/** Tells the other side that the stage was cancelled or has failed, when it wants to know. */
async function signalCancellation(task: TaskRun): Promise<void> {
  const {
    cancelEndpoint,
    cancelMethod,
    cancelPayload,
    signalCancellation: on,
  } = task.stage.context;
  if (on === true && typeof cancelEndpoint === 'string') {
    const method = String(cancelMethod ?? 'POST').toUpperCase();
    await callWebhook({
      task,
      url: cancelEndpoint,
      method,
      body: bodyOf(cancelPayload, method),
    });
  }
}

/** `webhook`: calls an address and, when asked to, polls for the outcome. */
export const webhookStage: StageDefinition = {
  stopped: signalCancellation,
  tasks: stage => {
    if (stage.context.monitorOnly === true) {
      return [monitorWebhook];
    }
    if (stage.context.waitForCompletion !== true && !hasMonitor(stage.tasks)) {
      return [createWebhook];
    }
    return stage.context.waitBeforeMonitor === undefined
      ? [createWebhook, monitorWebhook]
      : [createWebhook, waitBeforeMonitor, monitorWebhook];
  },
};

/**
 * A webhook that the operator configured.
 *
 * @remarks
 * What the operator set cannot be set by an author; everything else an author writes
 * stays, which is how the claim can be led astray (`monitorOnly` with `statusEndpoint`).
 */
export const preconfiguredWebhookStage: StageDefinition = {
  ...webhookStage,
  prepare: ({ stage, world }) => {
    const webhook = world.webhooks.find(({ type }) => type === stage.type);
    return webhook ? operatorsFields(webhook) : {};
  },
};

function operatorsFields(webhook: PreconfiguredWebhook): JsonMap {
  const fields: JsonMap = {};
  for (const [key, value] of Object.entries(webhook)) {
    if (
      !['type', 'label', 'description'].includes(key) &&
      value !== undefined
    ) {
      fields[key] = value;
    }
  }
  return fields;
}

function hasMonitor(tasks: { name: string }[]): boolean {
  // A patch of `waitForCompletion` comes too late for a stage that has been planned.
  return tasks.some(({ name }) => name === 'monitorWebhook');
}

async function create(task: TaskRun): Promise<TaskOutcome> {
  const { stage, execution, timing } = task;
  const url = String(stage.context.url ?? '');
  const method = String(stage.context.method ?? 'POST').toUpperCase();
  const answer = await callWebhook({
    task,
    url,
    method,
    body: bodyOf(stage.context.payload, method),
  });
  if (answer.kind !== 'answered') {
    const error = `An exception occurred for pipeline ${execution.id} performing a request to ${url}. ${answer.error}`;
    const context = { webhook: { error } };
    return answer.kind === 'unknown-host'
      ? { kind: 'running', after: timing.webhookRetry, context }
      : { kind: 'ended', status: 'TERMINAL', context };
  }
  const { status, written } = answer;
  if (status >= 300) {
    return unsuccessful({ task, url, status, written });
  }
  if (stage.context.waitForCompletion !== true) {
    return succeeded({ webhook: written });
  }
  const resolved = statusUrl(stage.context, answer);
  if ('error' in resolved) {
    return {
      kind: 'ended',
      status: 'TERMINAL',
      context: {
        webhook: {
          ...written,
          error: `Exception while resolving status check URL: ${resolved.error}`,
        },
      },
    };
  }
  return succeeded({
    statusEndpoint: resolved.url,
    webhook: { ...written, statusEndpoint: resolved.url },
  });
}

function unsuccessful(options: {
  task: TaskRun;
  url: string;
  status: number;
  written: JsonMap;
}): TaskOutcome {
  const { task, url, status, written } = options;
  const { id } = task.execution;
  if (status === 504) {
    const error = `Received status code 504, which is configured to fail fast, terminating stage for pipeline ${id} to ${url}`;
    return {
      kind: 'ended',
      status: 'TERMINAL',
      context: { webhook: { ...written, error } },
    };
  }
  const again = status >= 500 || status === 429;
  const error = `Error submitting webhook for pipeline ${id} to ${url} with status code ${status}${
    again ? ', will retry.' : '.'
  }`;
  const context = { webhook: { ...written, error } };
  return again
    ? { kind: 'running', after: task.timing.webhookRetry, context }
    : { kind: 'ended', status: 'TERMINAL', context };
}

function bodyOf(payload: Json | undefined, method: string): string | undefined {
  if (payload === undefined || method === 'GET' || method === 'HEAD') {
    return undefined;
  }
  return typeof payload === 'string' ? payload : JSON.stringify(payload);
}

function statusUrl(
  context: JsonMap,
  answer: Extract<WebhookAnswer, { kind: 'answered' }>,
): { url: string } | { error: string } {
  switch (context.statusUrlResolution) {
    case 'locationHeader': {
      const headers = isJsonMap(answer.written.headers)
        ? answer.written.headers
        : {};
      return typeof headers.Location === 'string'
        ? { url: headers.Location }
        : { error: 'There is no Location header' };
    }
    case 'webhookResponse': {
      if (answer.body === undefined) {
        return { error: 'root can not be null' };
      }
      const path = String(context.statusUrlJsonPath ?? '$');
      const found = readJsonPath(answer.body, path);
      if (!found.found) {
        return { error: `Missing property in path $['${found.missing}']` };
      }
      return { url: String(found.value) };
    }
    default:
      return { url: String(context.url) };
  }
}
