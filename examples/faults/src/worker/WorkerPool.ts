// SPDX-License-Identifier: Apache-2.0
import type { WorkerProgram } from './buildWorker';
import { WorkerProcess, type WorkerLife } from './WorkerProcess';

/** Keeps processes ready, so that nobody waits for one to start. */
export class WorkerPool {
  readonly #program: WorkerProgram;
  readonly #life: WorkerLife;
  readonly #ready: WorkerProcess[] = [];
  readonly #all = new Set<WorkerProcess>();
  readonly #size: number;

  constructor(options: {
    program: WorkerProgram;
    size: number;
    life: WorkerLife;
  }) {
    this.#program = options.program;
    this.#life = options.life;
    this.#size = options.size;
    this.#fill();
  }

  /** A process that nobody uses; another one is started in its place. */
  take(): WorkerProcess {
    const one = this.#ready.shift() ?? this.#start();
    this.#fill();
    return one;
  }

  /** Gives back one that still lives. */
  giveBack(one: WorkerProcess): void {
    if (one.alive) {
      this.#ready.unshift(one);
    }
  }

  /** Ends all of them. */
  async stop(): Promise<void> {
    await Promise.all([...this.#all].map(one => one.stop()));
  }

  #fill(): void {
    while (this.#ready.length < this.#size) {
      this.#ready.push(this.#start());
    }
  }

  #start(): WorkerProcess {
    const one = new WorkerProcess(this.#program, this.#life);
    this.#all.add(one);
    one.ended.then(
      () => this.#all.delete(one),
      () => {},
    );
    return one;
  }
}
