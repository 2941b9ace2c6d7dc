// SPDX-License-Identifier: Apache-2.0
import { ExecutionStatus } from '../../schemas/execution';
import { evaluateAll } from '../expressions/evaluateAll';
import { FakeExecution, FakeStage, FakeTask } from '../model/GateState';
import { JsonMap } from '../model/Json';
import { expressionScope } from './expressionScope';
import {
  OrcaWorld,
  orcaException,
  TaskDefinition,
  TaskException,
  TaskOutcome,
  TaskRun,
} from './StageDefinition';
import { findStageDefinition } from './stageDefinitions';

/** Runs the current task of a running stage once and writes down how it ended. */
export async function runTask(options: {
  execution: FakeExecution;
  stage: FakeStage;
  clock(): number;
  world: OrcaWorld;
  signal: AbortSignal;
}): Promise<void> {
  const { execution, stage, clock, world, signal } = options;
  const now = clock();
  const definition = findStageDefinition(stage, world.webhooks);
  const index = stage.tasks.findIndex(one => one.status === 'RUNNING');
  const task = stage.tasks[index];
  const taskDefinition = definition?.tasks(stage)[index];
  if (!definition || !task || !taskDefinition) {
    return;
  }
  if (stage.context.manualSkip === true) {
    finishTask({ stage, task, status: 'SKIPPED', now });
    finishStage(stage, 'SKIPPED', now);
    return;
  }

  const literal = definition.literalKeys?.({ execution, stage }) ?? [];
  evaluateContext({ execution, stage, literal, now });

  const run: TaskRun = {
    ...world,
    now,
    execution,
    stage,
    elapsed: now - (task.startTime ?? now),
    attempt: world.state.progress[stage.id]?.attempt ?? 1,
    signal,
  };
  const outcome =
    timedOut({ stage, task, taskDefinition, now, world }) ??
    (await taskDefinition.run(run).catch(
      (error): TaskOutcome => ({
        kind: 'failed',
        exception: orcaException(
          'IllegalStateException',
          error instanceof Error ? error.message : String(error),
        ),
      }),
    ));
  // What was cut off by the end of the fake itself has not ended; it is run again later.
  if (signal.aborted || task.status !== 'RUNNING') {
    return;
  }
  write({ run: { ...run, now: clock() }, task, index, outcome });
  if (['TERMINAL', 'FAILED_CONTINUE', 'STOPPED'].includes(stage.status)) {
    await definition.stopped?.(run);
  }
}

function evaluateContext(options: {
  execution: FakeExecution;
  stage: FakeStage;
  literal: string[];
  now: number;
}): void {
  const { execution, stage, literal, now } = options;
  const kept: JsonMap = {};
  const open: JsonMap = {};
  for (const [key, value] of Object.entries(stage.context)) {
    (literal.includes(key) ? kept : open)[key] = value;
  }
  const { value, failed } = evaluateAll({
    value: open,
    scope: expressionScope(execution, stage),
  });
  stage.context = { ...value, ...kept };
  if (failed.length > 0) {
    stage.context.expressionEvaluationSummary = Object.fromEntries(
      failed.map(one => [
        one.expression,
        [
          {
            description: one.description,
            exceptionType:
              'org.springframework.expression.spel.SpelEvaluationException',
            level: 'ERROR',
            timestamp: now,
          },
        ],
      ]),
    );
  }
}

function timedOut(options: {
  stage: FakeStage;
  task: FakeTask;
  taskDefinition: TaskDefinition;
  now: number;
  world: OrcaWorld;
}): TaskOutcome | undefined {
  const { stage, task, taskDefinition, now, world } = options;
  const stageTimeout = Number(stage.context.stageTimeoutMs);
  const taskTimeout = taskDefinition.timeoutMs?.(world.timing) ?? Infinity;
  const stageAge = now - (stage.startTime ?? now);
  const taskAge = now - (task.startTime ?? now);
  const seconds = (ms: number) => {
    const whole = Math.ceil(ms / 1000);
    return `${whole} second${whole === 1 ? '' : 's'}`;
  };
  let message: string;
  if (stageTimeout > 0) {
    if (stageAge <= stageTimeout) {
      return undefined;
    }
    message = `Stage ${stage.name} timed out after ${seconds(stageAge)}`;
  } else if (taskAge > taskTimeout) {
    const name = taskDefinition.implementingClass.split('.').at(-1);
    message = `${name} of stage ${stage.name} timed out after ${seconds(
      taskAge,
    )}. pausedDuration: 0 seconds, elapsedTime: ${seconds(
      taskAge,
    )}, timeoutValue: ${seconds(taskTimeout)}`;
  } else {
    return undefined;
  }
  return stage.context.markSuccessfulOnTimeout === true
    ? { kind: 'ended', status: 'SUCCEEDED' }
    : {
        kind: 'failed',
        exception: orcaException('TimeoutException', message),
      };
}

function write(options: {
  run: TaskRun;
  task: FakeTask;
  index: number;
  outcome: TaskOutcome;
}): void {
  const { run, task, index, outcome } = options;
  const { stage, now } = run;
  const progress = run.state.progress[stage.id];
  Object.assign(stage.context, outcome.context);
  if (outcome.kind === 'running') {
    Object.assign(stage.outputs, outcome.outputs);
    progress.nextAt = now + outcome.after;
    return;
  }
  let status: ExecutionStatus;
  if (outcome.kind === 'failed') {
    status = failureStatus(stage);
    const exception = writtenException(outcome.exception, task.name, now);
    stage.context.exception = exception;
    task.taskExceptionDetails = { exception };
  } else {
    Object.assign(stage.outputs, outcome.outputs);
    status =
      outcome.status === 'TERMINAL' ? failureStatus(stage) : outcome.status;
  }
  finishTask({ stage, task, status, now });
  if (status !== 'SUCCEEDED') {
    finishStage(stage, status, now);
    return;
  }
  const next = stage.tasks[index + 1];
  if (next) {
    next.status = 'RUNNING';
    next.startTime = now;
    progress.nextAt = now;
    return;
  }
  finishStage(stage, failedExpression(stage) ? 'TERMINAL' : 'SUCCEEDED', now);
}

/** How a failure counts: it ends the execution, only its branch, or nothing. */
function failureStatus(stage: FakeStage): ExecutionStatus {
  if (stage.context.continuePipeline === true) {
    return 'FAILED_CONTINUE';
  }
  return stage.context.failPipeline === false ? 'STOPPED' : 'TERMINAL';
}

function failedExpression(stage: FakeStage): boolean {
  const summary = stage.context.expressionEvaluationSummary;
  if (
    stage.context.failOnFailedExpressions !== true ||
    typeof summary !== 'object' ||
    summary === null
  ) {
    return false;
  }
  const errors = Object.values(summary)
    .flat()
    .map(entry =>
      typeof entry === 'object' && entry !== null && 'description' in entry
        ? String(entry.description)
        : '',
    );
  stage.context.exception = {
    details: { error: 'Failed Expression Evaluation', errors },
  };
  return true;
}

function writtenException(
  exception: TaskException,
  operation: string,
  now: number,
): JsonMap {
  return {
    details: exception.details,
    exceptionType: exception.type,
    operation,
    shouldRetry: false,
    timestamp: now,
  };
}

function finishTask(options: {
  stage: FakeStage;
  task: FakeTask;
  status: ExecutionStatus;
  now: number;
}): void {
  options.task.status = options.status;
  options.task.endTime = options.now;
}

function finishStage(
  stage: FakeStage,
  status: ExecutionStatus,
  now: number,
): void {
  stage.status = status;
  stage.endTime = now;
}
