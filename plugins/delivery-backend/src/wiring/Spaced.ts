// SPDX-License-Identifier: Apache-2.0

/** What belongs together often comes together. */
const TOGETHER_MS = 10;

/** Does one thing as often as it is asked to, but never twice within a time. */
export class Spaced {
  readonly #act: () => void;
  readonly #betweenMs: number;
  #timer: NodeJS.Timeout | undefined;
  #lastAt: number;
  #stopped = false;

  constructor(options: {
    betweenMs: number;
    act: () => void;
    /** Ends it; what waits is not done any more. */
    signal: AbortSignal;
  }) {
    this.#act = options.act;
    this.#betweenMs = options.betweenMs;
    this.#lastAt = -options.betweenMs;
    options.signal.addEventListener(
      'abort',
      () => {
        this.#stopped = true;
        clearTimeout(this.#timer);
      },
      { once: true },
    );
  }

  ask(): void {
    if (this.#timer || this.#stopped) {
      return;
    }
    const rest = this.#lastAt + this.#betweenMs - performance.now();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#lastAt = performance.now();
      this.#act();
    }, Math.max(TOGETHER_MS, rest));
  }
}
