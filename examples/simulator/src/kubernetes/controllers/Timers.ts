// SPDX-License-Identifier: Apache-2.0

/** Named timers that all end when the cluster stops. */
export class Timers {
  readonly #running = new Map<string, NodeJS.Timeout>();
  readonly #signal: AbortSignal;
  readonly #onError: (error: unknown) => void;

  constructor(options: {
    signal: AbortSignal;
    onError: (error: unknown) => void;
  }) {
    this.#signal = options.signal;
    this.#onError = options.onError;
    options.signal.addEventListener(
      'abort',
      () => {
        for (const name of [...this.#running.keys()]) {
          this.cancel(name);
        }
      },
      { once: true },
    );
  }

  /** Does some work later; a timer of that name that already runs is left alone. */
  after(name: string, milliseconds: number, work: () => void): void {
    if (this.#running.has(name) || this.#signal.aborted) {
      return;
    }
    const timer = setTimeout(() => {
      this.#running.delete(name);
      try {
        work();
      } catch (error) {
        this.#onError(error);
      }
    }, milliseconds);
    this.#running.set(name, timer);
  }

  /** Whether a timer of that name runs. */
  has(name: string): boolean {
    return this.#running.has(name);
  }

  cancel(name: string): void {
    clearTimeout(this.#running.get(name));
    this.#running.delete(name);
  }
}
