// SPDX-License-Identifier: Apache-2.0
import type { Execution } from 'backstage-plugin-delivery-node';
import type { SpinnakerExecution } from 'backstage-plugin-spinnaker-client';

const CAPACITY = 500;

/**
 * Remembers executions that have ended, so that each is read in full only once.
 *
 * @remarks
 * What lists show of an execution changes when a stage is restarted or patched later, and
 * then it is read again.
 */
export class ExecutionCache {
  readonly #entries = new Map<
    string,
    { shown: string; execution: Execution }
  >();

  /** The execution as it was read in full, when lists still show the same of it. */
  find(scope: string, listed: SpinnakerExecution): Execution | undefined {
    const entry = this.#entries.get(`${scope} ${listed.id}`);
    return entry?.shown === shownOf(listed) ? entry.execution : undefined;
  }

  /** Remembers an execution when it has ended. */
  keep(options: {
    scope: string;
    listed: SpinnakerExecution;
    execution: Execution;
  }): void {
    const { scope, listed, execution } = options;
    if (execution.state === 'queued' || execution.state === 'running') {
      return;
    }
    this.#entries.set(`${scope} ${listed.id}`, {
      shown: shownOf(listed),
      execution,
    });
    if (this.#entries.size > CAPACITY) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest);
    }
  }
}

function shownOf(listed: SpinnakerExecution): string {
  return JSON.stringify([
    listed.status,
    listed.startTime,
    listed.endTime,
    listed.canceled,
    listed.cancellationReason,
    listed.stages.map(stage => [
      stage.status,
      stage.startTime,
      stage.endTime,
      stage.lastModified,
    ]),
  ]);
}
