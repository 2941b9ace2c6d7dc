// SPDX-License-Identifier: Apache-2.0
import { FakeExecution, FakeStage, GateState } from '../model/GateState';
import { JsonMap } from '../model/Json';

const ENDED = [
  'SUCCEEDED',
  'SKIPPED',
  'FAILED_CONTINUE',
  'STOPPED',
  'TERMINAL',
  'CANCELED',
];

/** Whether an execution or stage of this status is over. */
export function isEnded(status: string): boolean {
  return ENDED.includes(status);
}

/** Asks for cancellation; of an execution that has ended, only the wish is written down. */
export function cancelExecution(options: {
  execution: FakeExecution;
  user: string;
  reason: string | undefined;
  now: number;
}): void {
  const { execution, user, reason, now } = options;
  execution.canceled = true;
  execution.canceledBy = user;
  execution.cancellationReason = reason;
  if (execution.status === 'PAUSED') {
    resumeExecution({ execution, user, now });
  }
}

/** Pauses a running execution; anything else is left as it is. */
export function pauseExecution(options: {
  execution: FakeExecution;
  user: string;
  now: number;
}): void {
  const { execution, user, now } = options;
  if (execution.status !== 'RUNNING') {
    return;
  }
  execution.status = 'PAUSED';
  execution.paused = {
    pauseTime: now,
    paused: true,
    pausedBy: user,
    pausedMs: 0,
  };
  for (const part of runningParts(execution, 'RUNNING')) {
    part.status = 'PAUSED';
  }
}

/** Resumes a paused execution; the time it was paused does not count as waiting. */
export function resumeExecution(options: {
  execution: FakeExecution;
  user: string;
  now: number;
}): void {
  const { execution, user, now } = options;
  if (execution.status !== 'PAUSED') {
    return;
  }
  const pauseTime = Number(execution.paused?.pauseTime ?? now);
  const pausedMs = now - pauseTime;
  execution.status = 'RUNNING';
  execution.paused = {
    ...execution.paused,
    pauseTime,
    paused: false,
    pausedMs,
    resumeTime: now,
    resumedBy: user,
  };
  for (const part of runningParts(execution, 'PAUSED')) {
    part.status = 'RUNNING';
    if (part.startTime !== undefined && 'taskExceptionDetails' in part) {
      part.startTime += pausedMs;
    }
  }
}

/**
 * Merges fields into the context of a stage, whatever its status.
 *
 * Returns `false` when Orca would have swallowed the attempt: an unknown stage, or a manual
 * skip of a stage type that does not allow it.
 */
export function patchStage(options: {
  execution: FakeExecution;
  stageId: string;
  patch: JsonMap;
  user: string;
  now: number;
}): FakeStage | undefined {
  const { execution, stageId, patch, user, now } = options;
  const stage = execution.stages.find(({ id }) => id === stageId);
  if (!stage || 'manualSkip' in patch) {
    return undefined;
  }
  Object.assign(stage.context, patch, { lastModifiedBy: user });
  // What is set to null is gone, as far as anybody can see.
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete stage.context[key];
    }
  }
  stage.lastModified = {
    allowedAccounts: [],
    lastModifiedTime: now,
    user,
  };
  return stage;
}

/**
 * Restarts a stage that has ended, and with it everything behind it.
 *
 * @remarks
 * A stage that has not run is not restarted, but the ended execution is gone through once
 * more; a running one is left alone. Both are as measured.
 */
export function restartStage(options: {
  execution: FakeExecution;
  stage: FakeStage;
  state: GateState;
  user: string;
  now: number;
}): void {
  const { execution, stage, user, now } = options;
  if (!isEnded(execution.status) && !isEnded(stage.status)) {
    return;
  }
  execution.startTime = now;
  execution.status = 'RUNNING';
  execution.canceled = false;
  execution.canceledBy = undefined;
  execution.cancellationReason = undefined;
  if (!isEnded(stage.status)) {
    return;
  }
  const { exception } = stage.context;
  for (const one of withEverythingBehind(execution, stage)) {
    one.status = 'NOT_STARTED';
    one.startTime = undefined;
    one.endTime = undefined;
    one.tasks = [];
    one.outputs = {};
    delete one.context.exception;
  }
  stage.context.restartDetails = {
    ...(exception === undefined ? {} : { previousException: exception }),
    restartTime: now,
    restartedBy: user,
  };
}

function withEverythingBehind(
  execution: FakeExecution,
  stage: FakeStage,
): FakeStage[] {
  const found = [stage];
  for (const before of found) {
    for (const one of execution.stages) {
      if (
        one.requisiteStageRefIds.includes(before.refId) &&
        !found.includes(one)
      ) {
        found.push(one);
      }
    }
  }
  return found;
}

function* runningParts(execution: FakeExecution, status: 'RUNNING' | 'PAUSED') {
  for (const stage of execution.stages) {
    for (const task of stage.tasks) {
      if (task.status === status) {
        yield task;
      }
    }
    if (stage.status === status) {
      yield stage;
    }
  }
}
