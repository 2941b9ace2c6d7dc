// SPDX-License-Identifier: Apache-2.0
import { Json, JsonMap } from '../../model/Json';

/** Everything a Clouddriver operation said of itself, in the form Orca keeps it. */
export function katoTask(options: {
  id: string;
  phase: string;
  operation: string;
  steps: string[];
  resultObjects?: Json[];
  failure?: string;
}): JsonMap {
  const { id, phase, operation, steps, resultObjects = [], failure } = options;
  const history = [
    { phase: 'ORCHESTRATION', status: 'Initializing Orchestration Task' },
    { phase: 'ORCHESTRATION', status: `Processing op: ${operation}` },
    ...steps.map(status => ({ phase, status })),
    {
      phase: 'ORCHESTRATION',
      status: failure
        ? `Orchestration failed: ${operation} | KubectlException: [${failure}]`
        : 'Orchestration completed.',
    },
  ];
  const base: JsonMap = {
    history,
    id,
    outputs: [],
    resultObjects,
    status: { completed: true, failed: Boolean(failure), retryable: false },
  };
  return failure
    ? {
        ...base,
        exception: {
          cause: failure,
          details: [{ message: failure }],
          message: failure,
          operation,
          type: 'EXCEPTION',
        },
      }
    : base;
}

/** What Orca notes beside a Clouddriver operation that has ended. */
export function katoContext(options: {
  id: string;
  status: 'SUCCEEDED' | 'TERMINAL';
  tasks: Json[];
}): JsonMap {
  return {
    'kato.last.task.id': { id: options.id },
    'kato.task.firstNotFoundRetry': -1,
    'kato.task.lastStatus': options.status,
    'kato.task.notFoundRetryCount': 0,
    'kato.task.terminalRetryCount': 0,
    'kato.tasks': options.tasks,
  };
}
