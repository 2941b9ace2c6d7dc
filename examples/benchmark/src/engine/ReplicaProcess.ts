// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { answerSchema, type Order } from './messages';

/** A replica of the engine in a process of its own. */
export class ReplicaProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<
    number,
    { resolve(value: string): void; reject(error: Error): void }
  >();
  #next = 1;

  constructor() {
    this.#child = fork(
      resolvePackagePath('delivery-benchmark', 'src', 'engine', 'replica.ts'),
      [],
      {
        execArgv: process.execArgv,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    this.#child.on('message', message => {
      const answer = answerSchema.safeParse(message);
      if (!answer.success) {
        return;
      }
      const { error, id, value } = answer.data;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) {
        waiting?.resolve(value ?? '');
      } else {
        waiting?.reject(new Error(error));
      }
    });
  }

  async order(order: Order): Promise<string> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, order });
    });
  }

  /** Lets it end what it does, and ends it; its CPU time in milliseconds. */
  async stop(): Promise<number> {
    const ended = new Promise(resolve => this.#child.once('exit', resolve));
    const cpu = await this.order({ kind: 'stop' });
    this.#child.kill();
    await ended;
    return Number(cpu);
  }
}
