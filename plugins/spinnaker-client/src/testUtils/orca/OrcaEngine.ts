// SPDX-License-Identifier: Apache-2.0
import { FakeExecution, FakeStage } from '../model/GateState';
import { OrcaWorld } from './StageDefinition';
import { completeExecution } from './completeExecution';
import { mayStart } from './mayStart';
import { runTask } from './runTask';
import { findStageDefinition } from './stageDefinitions';
import { startStage } from './startStage';

const PASSED = new Set(['SUCCEEDED', 'SKIPPED', 'FAILED_CONTINUE']);
const ENDED = new Set([
  'SUCCEEDED',
  'SKIPPED',
  'FAILED_CONTINUE',
  'STOPPED',
  'TERMINAL',
  'CANCELED',
]);

/**
 * Moves executions on: the part of the fake that stands for Orca's queue.
 *
 * @remarks
 * Time is only read from the clock. Nothing happens between two ticks, and one tick does
 * all that is due. A stage whose backend is still working is left alone by later ticks, so
 * ticks may overlap.
 */
export class OrcaEngine {
  readonly #world: OrcaWorld;
  readonly #clock: () => number;
  readonly #busy = new Set<string>();

  constructor(options: { world: OrcaWorld; clock(): number }) {
    this.#world = options.world;
    this.#clock = options.clock;
  }

  /** Does everything that is due now, and waits for the backends it needs. */
  async tick(signal: AbortSignal): Promise<void> {
    for (;;) {
      const due: { execution: FakeExecution; stage: FakeStage }[] = [];
      for (const execution of this.#active()) {
        this.#advance(execution);
        for (const stage of execution.stages) {
          if (this.#isDue(execution, stage)) {
            due.push({ execution, stage });
          }
        }
      }
      if (due.length === 0 || signal.aborted) {
        return;
      }
      await Promise.all(due.map(one => this.#run({ ...one, signal })));
    }
  }

  /** Makes a waiting stage look again at once. */
  wake(stage: FakeStage): void {
    const progress = this.#world.state.progress[stage.id];
    if (progress) {
      progress.nextAt = this.#clock();
    }
  }

  #active(): FakeExecution[] {
    const { executions, orchestrations } = this.#world.state;
    return [...executions, ...orchestrations].filter(
      one =>
        !ENDED.has(one.status) ||
        // A parallel stage of a failed execution is cancelled a moment later.
        one.stages.some(stage => stage.status === 'RUNNING'),
    );
  }

  #isDue(execution: FakeExecution, stage: FakeStage): boolean {
    const progress = this.#world.state.progress[stage.id];
    return (
      execution.status === 'RUNNING' &&
      stage.status === 'RUNNING' &&
      !this.#busy.has(stage.id) &&
      progress !== undefined &&
      progress.nextAt <= this.#clock()
    );
  }

  async #run(options: {
    execution: FakeExecution;
    stage: FakeStage;
    signal: AbortSignal;
  }): Promise<void> {
    const { execution, stage, signal } = options;
    this.#busy.add(stage.id);
    try {
      await runTask({
        execution,
        stage,
        signal,
        clock: this.#clock,
        world: this.#world,
      });
    } finally {
      this.#busy.delete(stage.id);
    }
    this.#advance(execution);
  }

  #advance(execution: FakeExecution): void {
    const now = this.#clock();
    if (execution.status === 'NOT_STARTED') {
      const { start } = this.#world.timing;
      const delay = execution.type === 'PIPELINE' ? start : 0;
      if (execution.canceled) {
        execution.status = 'CANCELED';
        return;
      }
      if (
        now < execution.buildTime + delay ||
        !mayStart({ execution, state: this.#world.state, now })
      ) {
        return;
      }
      // A circle, or a requisite that does not exist: there is nothing to begin with.
      if (
        execution.stages.length > 0 &&
        execution.stages.every(one => one.requisiteStageRefIds.length > 0)
      ) {
        execution.status = 'TERMINAL';
        return;
      }
      execution.status = 'RUNNING';
      execution.startTime = now;
    }
    if (execution.canceled || ENDED.has(execution.status)) {
      this.#cancelRunning(execution, now);
    }
    if (execution.status !== 'RUNNING') {
      return;
    }
    for (const stage of execution.stages) {
      if (
        stage.status === 'NOT_STARTED' &&
        requisitesPassed(execution, stage)
      ) {
        startStage({ execution, stage, now, world: this.#world });
      }
    }
    completeExecution({ execution, now });
  }

  #cancelRunning(execution: FakeExecution, now: number): void {
    const running = execution.stages.filter(({ status }) =>
      ['RUNNING', 'PAUSED'].includes(status),
    );
    // A call that is under way is not taken back; its stage ends first.
    if (running.some(stage => this.#busy.has(stage.id))) {
      return;
    }
    for (const stage of running) {
      for (const task of stage.tasks) {
        if (['RUNNING', 'PAUSED'].includes(task.status)) {
          task.status = 'CANCELED';
          task.endTime = now;
        }
      }
      stage.status = 'CANCELED';
      stage.endTime = now;
      this.#stopped(execution, stage, now);
    }
    if (!ENDED.has(execution.status)) {
      execution.status = 'CANCELED';
      execution.endTime = now;
    }
  }

  #stopped(execution: FakeExecution, stage: FakeStage, now: number): void {
    const definition = findStageDefinition(stage, this.#world.webhooks);
    // Whether it arrives changes nothing: the stage has been cancelled by then.
    definition
      ?.stopped?.({
        ...this.#world,
        now,
        execution,
        stage,
        elapsed: 0,
        attempt: 1,
        signal: AbortSignal.timeout(this.#world.timing.webhookHang),
      })
      .catch(() => {});
  }
}

function requisitesPassed(execution: FakeExecution, stage: FakeStage): boolean {
  return stage.requisiteStageRefIds.every(refId => {
    const before = execution.stages.find(one => one.refId === refId);
    return before !== undefined && PASSED.has(before.status);
  });
}
