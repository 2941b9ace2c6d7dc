// SPDX-License-Identifier: Apache-2.0
import { ExecutionStatus } from '../../schemas/execution';
import { GateBackends } from '../model/GateBackends';
import { FakeExecution, FakeStage, GateState } from '../model/GateState';
import { GateTiming } from '../model/GateTiming';
import { JsonMap } from '../model/Json';
import { PreconfiguredWebhook } from '../model/PreconfiguredWebhook';

/** What the tasks of all stages share. */
export interface OrcaWorld {
  state: GateState;
  backends: GateBackends;
  timing: GateTiming;
  webhooks: PreconfiguredWebhook[];
  followRedirects: boolean;
  newUuid(): string;
}

/** What one run of a task is given. */
export interface TaskRun extends OrcaWorld {
  /** Milliseconds since the epoch. */
  now: number;
  execution: FakeExecution;
  stage: FakeStage;
  /** How long the task has been running, in milliseconds. */
  elapsed: number;
  attempt: number;
  signal: AbortSignal;
}

/** How one run of a task ended. */
export type TaskOutcome =
  /** To be run again after so many milliseconds. */
  | { kind: 'running'; after: number; context?: JsonMap; outputs?: JsonMap }
  | {
      kind: 'ended';
      status: ExecutionStatus;
      context?: JsonMap;
      outputs?: JsonMap;
    }
  /** Fails the task the way Orca writes an exception down. */
  | { kind: 'failed'; exception: TaskException; context?: JsonMap };

/** What went wrong in a task. */
export interface TaskException {
  type: string;
  details: JsonMap;
}

/** One task of a stage type. */
export interface TaskDefinition {
  name: string;
  implementingClass: string;
  /** How long it may run when the stage does not say, in milliseconds. */
  timeoutMs?(timing: GateTiming): number;
  run(task: TaskRun): Promise<TaskOutcome>;
}

/** What a stage type does. */
export interface StageDefinition {
  tasks(stage: FakeStage): TaskDefinition[];
  /** What it adds to the context when it starts. */
  prepare?(run: { stage: FakeStage; world: OrcaWorld }): JsonMap;
  /** Keys of the context in which expressions stay as they are. */
  literalKeys?(options: {
    execution: FakeExecution;
    stage: FakeStage;
  }): string[];
  /** Called once when it was cancelled or failed. */
  stopped?(task: TaskRun): Promise<void>;
}

/** The outcome of a task that did all it had to do. */
export function succeeded(context?: JsonMap, outputs?: JsonMap): TaskOutcome {
  return { kind: 'ended', status: 'SUCCEEDED', context, outputs };
}

/** An exception of Orca's own code. */
export function orcaException(type: string, message: string): TaskException {
  return {
    type,
    details: {
      error: 'Unexpected Task Failure',
      errors: [message],
      stackTrace: `${type}: ${message}\n`,
    },
  };
}

/** An exception for an error that another service of Spinnaker answered. */
export function httpException(options: {
  status: number;
  error: string;
  url: string;
  message: string;
  rootException: string;
}): TaskException {
  const { status, error, url, message, rootException } = options;
  return {
    type: 'SpinnakerHttpException',
    details: {
      error,
      errors: [`Status: ${status}, URL: ${url}, Message: ${message}`],
      kind: 'HTTP',
      rootException,
      status,
      url,
    },
  };
}
