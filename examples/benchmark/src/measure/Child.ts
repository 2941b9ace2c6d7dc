// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { z } from 'zod';

const CLOCK_TICKS = 100;

/** A process under measurement, spoken to by messages. */
export class Child {
  readonly #process: ChildProcess;

  /** Starts a module of the benchmark with one argument. */
  constructor(module: string, argument: unknown, execArgv: string[] = []) {
    this.#process = fork(module, [JSON.stringify(argument)], {
      execArgv: [...process.execArgv, ...execArgv],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /**
   * The next message of a form.
   *
   * @remarks
   * Others are passed over: the loader of TypeScript also tells its parent things.
   */
  async next<T extends z.ZodType>(schema: T): Promise<z.output<T>> {
    const over = new AbortController();
    const gone = once(this.#process, 'exit', { signal: over.signal }).then(
      ([code]) => {
        throw new Error(`A process under measurement ended with ${code}`);
      },
    );
    try {
      return await Promise.race([this.#message(schema, over.signal), gone]);
    } finally {
      over.abort();
      gone.catch(() => {});
    }
  }

  #message<T extends z.ZodType>(
    schema: T,
    signal: AbortSignal,
  ): Promise<z.output<T>> {
    return new Promise(resolve => {
      const listen = (message: unknown) => {
        const parsed = schema.safeParse(message);
        if (parsed.success) {
          this.#process.off('message', listen);
          resolve(parsed.data);
        }
      };
      this.#process.on('message', listen);
      signal.addEventListener('abort', () =>
        this.#process.off('message', listen),
      );
    });
  }

  /** Says something and waits for the answer. */
  async ask<T extends z.ZodType>(
    command: object,
    schema: T,
  ): Promise<z.output<T>> {
    const answer = this.next(schema);
    this.#process.send({ command });
    return answer;
  }

  /** Seconds of processor time so far, on all cores. */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
  }

  /** The most memory it ever held, in bytes. */
  peakBytes(): number {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  }

  /** Ends it and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await gone;
    }
  }
}
