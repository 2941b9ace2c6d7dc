// SPDX-License-Identifier: Apache-2.0
import type {
  Observation,
  SourceState,
  WorkloadLogs,
} from 'backstage-plugin-delivery-common';
import type {
  EnvironmentObserver,
  LogRequest,
  ObservationTargets,
} from '../ports/EnvironmentObserver';

/** An observer that sees what a test shows it. @public */
export class FakeEnvironmentObserver implements EnvironmentObserver {
  readonly id = 'fake';
  targets: ObservationTargets | undefined;
  /** What Pods wrote, by the name of the Environment. */
  readonly logs = new Map<string, string>();
  #onObservation: ((observation: Observation) => void) | undefined;
  #onSource: ((state: SourceState) => void) | undefined;

  async observe(
    targets: ObservationTargets,
    options: {
      onObservation(observation: Observation): void;
      onSource(state: SourceState): void;
      signal: AbortSignal;
    },
  ): Promise<void> {
    this.targets = targets;
    this.#onObservation = options.onObservation;
    this.#onSource = options.onSource;
  }

  async readLogs({
    environment,
    mostBytes,
    previous,
  }: LogRequest): Promise<WorkloadLogs | undefined> {
    const text = this.logs.get(environment);
    return text === undefined
      ? undefined
      : {
          pods: [{ name: 'pod-1', ready: true, restarts: 0 }],
          pod: 'pod-1',
          previous,
          text: text.slice(0, mostBytes),
          truncated: text.length > mostBytes,
        };
  }

  /** Whether the plugin watches already. */
  get watching(): boolean {
    return this.#onObservation !== undefined;
  }

  show(observation: Observation): void {
    if (!this.#onObservation) {
      throw new Error('Nobody observes yet');
    }
    this.#onObservation(observation);
  }

  tell(state: SourceState): void {
    if (!this.#onSource) {
      throw new Error('Nobody observes yet');
    }
    this.#onSource(state);
  }
}
