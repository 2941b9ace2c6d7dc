// SPDX-License-Identifier: Apache-2.0
import { EXECUTION_STATUSES } from '../../schemas/execution';
import { GateFailure } from '../GateReply';
import { FakeExecution } from '../model/GateState';
import { isJsonMap, Json, JsonMap } from '../model/Json';

/** The statuses asked for; throws what Gate answers for an unknown one. */
export function parseStatuses(
  query: URLSearchParams,
): readonly string[] | undefined {
  const text = query.get('statuses');
  if (!text) {
    return undefined;
  }
  const statuses = text.split(',').map(one => one.trim().toUpperCase());
  const unknown = statuses.find(
    one => !EXECUTION_STATUSES.some(status => status === one),
  );
  if (unknown !== undefined) {
    throw new GateFailure({
      status: 400,
      message: `Status: 400, Method: GET, URL: http://orca/pipelines, Message: No enum constant com.netflix.spinnaker.orca.api.pipeline.models.ExecutionStatus.${unknown}`,
    });
  }
  return statuses;
}

/** An execution as lists show it without `expand`: no contexts, outputs and tasks. */
export function collapse(execution: FakeExecution): FakeExecution {
  return {
    ...execution,
    stages: execution.stages.map(stage => {
      const context: JsonMap = {};
      if (stage.context.group !== undefined) {
        context.group = stage.context.group;
      }
      return { ...stage, context, outputs: {}, tasks: [] };
    }),
  };
}

/** The latest executions of each pipeline id, oldest first; those not begun come first. */
export function latestPerPipeline(options: {
  executions: FakeExecution[];
  pipelineIds: string[];
  limit: number;
  statuses: readonly string[] | undefined;
}): FakeExecution[] {
  const { executions, pipelineIds, limit, statuses } = options;
  return pipelineIds
    .flatMap(id =>
      executions
        .filter(
          one =>
            one.pipelineConfigId === id &&
            (!statuses || statuses.includes(one.status)),
        )
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, Math.max(limit, 1)),
    )
    .sort((a, b) => (a.startTime ?? 0) - (b.startTime ?? 0));
}

/**
 * Whether a stored trigger has everything a search asks for.
 *
 * @remarks
 * A text matches without regard to case, or when what is asked for, taken as a regular
 * expression, is the whole value.
 */
export function triggerMatches(
  stored: Json | undefined,
  wanted: Json,
): boolean {
  if (isJsonMap(wanted)) {
    return (
      isJsonMap(stored) &&
      Object.entries(wanted).every(([key, value]) =>
        triggerMatches(stored[key], value),
      )
    );
  }
  if (typeof wanted === 'string') {
    if (typeof stored !== 'string') {
      return false;
    }
    if (stored.toLowerCase() === wanted.toLowerCase()) {
      return true;
    }
    try {
      return new RegExp(`^(?:${wanted})$`).test(stored);
    } catch {
      return false;
    }
  }
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(stored) &&
      wanted.every(item => stored.some(one => triggerMatches(one, item)))
    );
  }
  return stored === wanted;
}
