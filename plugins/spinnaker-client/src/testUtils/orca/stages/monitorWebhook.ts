// SPDX-License-Identifier: Apache-2.0
import { ExecutionStatus } from '../../../schemas/execution';
import { readJsonPath } from '../../expressions/readJsonPath';
import { isJsonMap, Json, JsonMap } from '../../model/Json';
import {
  orcaException,
  TaskDefinition,
  TaskOutcome,
  TaskRun,
} from '../StageDefinition';
import { callWebhook } from './webhookCall';

const FIRST_MINUTE = 60_000;

/** Polls the status of a webhook until it is one of those the operator named. */
export const monitorWebhook: TaskDefinition = {
  name: 'monitorWebhook',
  implementingClass:
    'com.netflix.spinnaker.orca.webhook.tasks.MonitorWebhookTask',
  timeoutMs: timing => timing.webhookMonitorFor,
  run,
};

async function run(task: TaskRun): Promise<TaskOutcome> {
  const { stage } = task;
  const url = String(stage.context.statusEndpoint ?? '');
  const answer = await callWebhook({ task, url, method: 'GET' });
  if (answer.kind === 'hung') {
    return again(task);
  }
  if (answer.kind !== 'answered') {
    return failed(task, {
      error: `an exception occurred in webhook monitor to ${url}: ${answer.error}`,
    });
  }
  const { status, written } = answer;
  if (status >= 500 || status === 429) {
    return again(task, {
      ...written,
      pastStatusCodes: pastCodes(task, status),
    });
  }
  if (status >= 400) {
    return failed(task, {
      headers: written.headers,
      error: `an exception occurred in webhook monitor to ${url}: org.springframework.web.client.HttpClientErrorException: ${status}`,
    });
  }
  const past = pastCodes(task);
  const monitor: JsonMap =
    past.length > 0 ? { ...written, pastStatusCodes: past } : { ...written };
  const statusPath = stage.context.statusJsonPath;
  if (typeof statusPath !== 'string' || statusPath === '') {
    return ended(task, 'SUCCEEDED', monitor);
  }
  if (answer.body === undefined) {
    return {
      kind: 'failed',
      exception: orcaException(
        'IllegalArgumentException',
        'json object can not be null',
      ),
    };
  }
  return judge({ task, body: answer.body, statusPath, monitor });
}

function judge(options: {
  task: TaskRun;
  body: Json;
  statusPath: string;
  monitor: JsonMap;
}): TaskOutcome {
  const { task, body, statusPath, monitor } = options;
  const { context } = task.stage;
  const found = readJsonPath(body, statusPath);
  if (!found.found) {
    return failed(task, {
      ...monitor,
      error: `Unable to parse status: JSON property '${statusPath}' not found in response body`,
    });
  }
  if (!['string', 'number', 'boolean'].includes(typeof found.value)) {
    return failed(task, {
      ...monitor,
      error: `The json path '${statusPath}' did not resolve to a single value`,
    });
  }
  const progressPath = context.progressJsonPath;
  if (typeof progressPath === 'string' && progressPath !== '') {
    const progress = readJsonPath(body, progressPath);
    if (!progress.found) {
      return failed(task, {
        ...monitor,
        error: `Unable to parse progress: JSON property '${statusPath}' not found in response body`,
      });
    }
    if (typeof progress.value !== 'string') {
      return failed(task, {
        ...monitor,
        ...(progress.value === null ? {} : { resolvedValue: progress.value }),
        error: `The json path '${progressPath}' did not resolve to a String value`,
      });
    }
    monitor.progressMessage = progress.value;
  }
  if (typeof found.value === 'number') {
    monitor.percentComplete = found.value;
    return found.value === 100
      ? ended(task, 'SUCCEEDED', monitor)
      : again(task, monitor);
  }
  const value = String(found.value).toUpperCase();
  const named = (key: string) =>
    String(context[key] ?? '')
      .split(',')
      .some(one => one.trim().toUpperCase() === value);
  if (named('successStatuses')) {
    return ended(task, 'SUCCEEDED', monitor);
  }
  if (named('canceledStatuses')) {
    return ended(task, 'CANCELED', monitor);
  }
  return named('terminalStatuses')
    ? ended(task, 'TERMINAL', monitor)
    : again(task, monitor);
}

function again(task: TaskRun, monitor?: JsonMap): TaskOutcome {
  const { timing, now, stage } = task;
  const age = now - (stage.startTime ?? now);
  return {
    kind: 'running',
    after: age > FIRST_MINUTE ? timing.webhookSlowPoll : timing.webhookPoll,
    context: monitor ? withMonitor(task, monitor) : undefined,
  };
}

function ended(
  task: TaskRun,
  status: ExecutionStatus,
  monitor: JsonMap,
): TaskOutcome {
  return { kind: 'ended', status, context: withMonitor(task, monitor) };
}

function failed(task: TaskRun, monitor: JsonMap): TaskOutcome {
  return ended(task, 'TERMINAL', monitor);
}

function withMonitor(task: TaskRun, monitor: JsonMap): JsonMap {
  const { webhook } = task.stage.context;
  return { webhook: { ...(isJsonMap(webhook) ? webhook : {}), monitor } };
}

function pastCodes(task: TaskRun, status?: number): number[] {
  const { webhook } = task.stage.context;
  const monitor = isJsonMap(webhook) ? webhook.monitor : undefined;
  const past = isJsonMap(monitor) ? monitor.pastStatusCodes : undefined;
  const codes = Array.isArray(past) ? past.map(Number) : [];
  return status === undefined ? codes : [...codes, status];
}
