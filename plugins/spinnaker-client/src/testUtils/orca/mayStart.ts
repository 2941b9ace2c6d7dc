// SPDX-License-Identifier: Apache-2.0
import { FakeExecution, GateState } from '../model/GateState';

const SUPERSEDED =
  'This execution was queued but then canceled because a newer queued execution superceded it. This pipeline is configured to automatically cancel waiting executions.';

/** Whether a stored execution may begin now; it may also end here without having begun. */
export function mayStart(options: {
  execution: FakeExecution;
  state: GateState;
  now: number;
}): boolean {
  const { execution, state, now } = options;
  if (
    execution.startTimeExpiry !== undefined &&
    execution.startTimeExpiry < now
  ) {
    giveUp(execution, 'Could not begin execution before start time expiry');
    return false;
  }
  const limit = execution.limitConcurrent
    ? 1
    : execution.maxConcurrentExecutions;
  if (limit === 0 || execution.pipelineConfigId === undefined) {
    return true;
  }
  const siblings = state.executions.filter(
    one =>
      one !== execution && one.pipelineConfigId === execution.pipelineConfigId,
  );
  const running = siblings.filter(({ status }) =>
    ['RUNNING', 'PAUSED'].includes(status),
  );
  if (running.length < limit) {
    return !siblings.some(
      one => one.status === 'NOT_STARTED' && one.id < execution.id,
    );
  }
  const newer = siblings.some(
    one => one.status === 'NOT_STARTED' && one.id > execution.id,
  );
  if (newer && !execution.keepWaitingPipelines) {
    giveUp(execution, SUPERSEDED);
  }
  return false;
}

function giveUp(execution: FakeExecution, reason: string): void {
  execution.status = 'CANCELED';
  execution.canceled = true;
  execution.canceledBy = 'spinnaker';
  execution.cancellationReason = reason;
}
