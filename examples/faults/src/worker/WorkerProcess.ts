// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import type { WorkerProgram } from './buildWorker';
import { answerSchema, type NewOrder } from './messages';

/** How an order ended: answered, refused by the product, or nobody is left to answer. */
export type Outcome =
  | { state: 'done'; value: unknown }
  | { state: 'refused'; name: string; message: string }
  | { state: 'dead' };

/** No order takes longer in real time, unless something is wrong. */
const PATIENCE_MS = 20_000;

/** What a process is started for. */
export type WorkerLife =
  /** For as long as somebody has orders. */
  | 'long'
  /** For a run or two. */
  | 'short'
  /** To practise, and to write its heap down as the snapshot at its end. */
  | 'practice';

const FLAGS: Record<WorkerLife, string[]> = {
  long: [],
  // It would be dead before optimised code has paid for itself.
  short: ['--no-opt', '--no-maglev'],
  // What was compiled is kept, even when it is not used for a while.
  practice: ['--build-snapshot', '--no-flush-bytecode', '--no-warnings'],
};

/** A replica of the engine in a process of its own, which may die at any moment. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (outcome: Outcome) => void>();
  /** When it takes orders, or has ended before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  #next = 1;
  #alive = true;

  constructor({ file, snapshot }: WorkerProgram, life: WorkerLife) {
    this.#child = fork(file, [], {
      env: { ...process.env, NODE_OPTIONS: '' },
      execArgv: [
        ...FLAGS[life],
        ...(snapshot ? ['--snapshot-blob', snapshot] : []),
      ],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.ended = new Promise(resolve => {
      this.#child.once('exit', () => {
        this.#alive = false;
        for (const settle of this.#waiting.values()) {
          settle({ state: 'dead' });
        }
        this.#waiting.clear();
        resolve();
      });
    });
    this.ready = new Promise(resolve => {
      this.#waiting.set(0, () => resolve());
    });
    this.#child.on('message', message => this.#onAnswer(message));
  }

  /** Whether it has not ended, as far as is known. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Gives an order and waits for how it ends. */
  async order(order: NewOrder): Promise<Outcome> {
    await this.ready;
    if (!this.#alive) {
      return { state: 'dead' };
    }
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`The worker hangs over ${order.kind}`)),
        PATIENCE_MS,
      );
      this.#waiting.set(id, outcome => {
        clearTimeout(timer);
        resolve(outcome);
      });
      this.#child.send({ id, order }, error => {
        if (error) {
          this.#settle(id, { state: 'dead' });
        }
      });
    });
  }

  /** Lets it end what it does by itself; answers whether it ended well. */
  async release(): Promise<boolean> {
    if (this.#child.connected) {
      this.#child.disconnect();
    }
    await this.ended;
    return this.#child.exitCode === 0;
  }

  /** Ends it. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  #onAnswer(message: unknown): void {
    const { error, id, value } = answerSchema.parse(message);
    this.#settle(
      id,
      error ? { state: 'refused', ...error } : { state: 'done', value },
    );
  }

  #settle(id: number, outcome: Outcome): void {
    this.#waiting.get(id)?.(outcome);
    this.#waiting.delete(id);
  }
}
