// SPDX-License-Identifier: Apache-2.0
import type { Clock } from 'backstage-plugin-delivery-node';

const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 20_000;

type Entry<Ground, Answer> = {
  ground: Ground;
  at: number;
  clock: number;
  answer: Answer;
};

/**
 * Answers to people, for at most 5 seconds and as long as what they rest on is
 * the same.
 *
 * @remarks
 * Only for showing: nothing that writes may look here.
 */
export class AnswerMemory<Ground extends readonly unknown[], Answer> {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry<Ground, Answer>>();

  constructor(options: { clock: Clock }) {
    this.#clock = options.clock;
  }

  /** The answer that was given before, when it still counts. */
  find(key: string, ground: Ground): Answer | undefined {
    const entry = this.#entries.get(key);
    const counts =
      entry &&
      performance.now() - entry.at < REMEMBERED_MS &&
      Math.abs(this.#clock.now().getTime() - entry.clock) < REMEMBERED_MS &&
      entry.ground.every((part, index) => part === ground[index]);
    return counts ? entry.answer : undefined;
  }

  keep(key: string, ground: Ground, answer: Answer): void {
    if (this.#entries.size >= MOST_REMEMBERED) {
      this.#entries.clear();
    }
    this.#entries.set(key, {
      ground,
      at: performance.now(),
      clock: this.#clock.now().getTime(),
      answer,
    });
  }
}
