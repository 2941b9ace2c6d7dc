// SPDX-License-Identifier: Apache-2.0

/** What belongs together often comes together. */
const TOGETHER_MS = 10;

type Rest = { timer: NodeJS.Timeout; asked: boolean };

/** Does a thing as often as it is asked to, but never twice within a time for the same key. */
export class Spaced<Key> {
  readonly #act: (key: Key) => void;
  readonly #betweenMs: number;
  readonly #rests = new Map<Key, Rest>();
  #stopped = false;

  constructor(options: {
    betweenMs: number;
    act: (key: Key) => void;
    /** Ends it; what waits is not done any more. */
    signal: AbortSignal;
  }) {
    this.#act = options.act;
    this.#betweenMs = options.betweenMs;
    options.signal.addEventListener('abort', () => this.#stop(), {
      once: true,
    });
  }

  ask(key: Key): void {
    const rest = this.#rests.get(key);
    if (rest) {
      rest.asked = true;
    } else if (!this.#stopped) {
      this.#rest(key, { ms: TOGETHER_MS, asked: true });
    }
  }

  #rest(key: Key, { asked, ms }: { ms: number; asked: boolean }): void {
    const timer = setTimeout(() => this.#wake(key), ms);
    this.#rests.set(key, { timer, asked });
  }

  #wake(key: Key): void {
    const asked = this.#rests.get(key)?.asked ?? false;
    this.#rests.delete(key);
    if (asked) {
      this.#rest(key, { ms: this.#betweenMs, asked: false });
      this.#act(key);
    }
  }

  #stop(): void {
    this.#stopped = true;
    this.#rests.forEach(({ timer }) => clearTimeout(timer));
    this.#rests.clear();
  }
}
