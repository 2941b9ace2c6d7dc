// SPDX-License-Identifier: Apache-2.0
import { FakeExecution, FakeStage } from '../model/GateState';

/** Ends an execution when its stages allow no other outcome any more. */
export function completeExecution(options: {
  execution: FakeExecution;
  now: number;
}): void {
  const { execution, now } = options;
  const { stages } = execution;
  const has = (status: string) => stages.some(one => one.status === status);
  const finish = (status: FakeExecution['status']) => {
    execution.status = status;
    execution.endTime = now;
  };
  if (has('TERMINAL')) {
    finish('TERMINAL');
  } else if (has('CANCELED')) {
    finish('CANCELED');
  } else if (has('RUNNING') || has('PAUSED')) {
    return;
  } else if (!has('NOT_STARTED')) {
    finish(stages.some(mustFail) ? 'TERMINAL' : 'SUCCEEDED');
  } else if (has('STOPPED')) {
    // What comes after a stopped stage never starts, and that alone is no failure.
    finish(stages.some(mustFail) ? 'TERMINAL' : 'SUCCEEDED');
  } else {
    // A cycle, or a requisite that does not exist.
    finish('TERMINAL');
  }
}

function mustFail(stage: FakeStage): boolean {
  return (
    stage.status === 'STOPPED' &&
    stage.context.completeOtherBranchesThenFail === true
  );
}
