// SPDX-License-Identifier: Apache-2.0

/**
 * Reads something of namespaces, one after another, and keeps what was read last.
 *
 * @remarks
 * However many are wanted at once, and however often, a cluster is asked one question at a
 * time. What cannot be read stays as it was known; the supervisors say why the cluster cannot
 * be reached.
 */
export class NamespaceReader<T> {
  readonly #options: {
    read(namespace: string): Promise<T>;
    onRead(namespace: string): void;
    signal: AbortSignal;
  };

  readonly #known = new Map<string, T>();
  readonly #wanted = new Set<string>();
  readonly #waiting = new Set<string>();
  #reading = false;

  constructor(options: {
    read(namespace: string): Promise<T>;
    onRead(namespace: string): void;
    signal: AbortSignal;
  }) {
    this.#options = options;
  }

  /** What was read last; undefined while nothing was. */
  of(namespace: string): T | undefined {
    return this.#known.get(namespace);
  }

  /** Reads a namespace soon when it was not wanted before. */
  want(namespace: string): void {
    if (!this.#wanted.has(namespace)) {
      this.#wanted.add(namespace);
      this.#waiting.add(namespace);
      void this.#readWaiting();
    }
  }

  /** Forgets a namespace. */
  drop(namespace: string): void {
    this.#wanted.delete(namespace);
    this.#waiting.delete(namespace);
    this.#known.delete(namespace);
  }

  /** Reads all that are wanted once more. */
  readAgain(): void {
    this.#wanted.forEach(namespace => this.#waiting.add(namespace));
    void this.#readWaiting();
  }

  async #readWaiting(): Promise<void> {
    if (this.#reading) {
      return;
    }
    const { onRead, read, signal } = this.#options;
    this.#reading = true;
    for (const namespace of this.#waiting) {
      this.#waiting.delete(namespace);
      const answer = await read(namespace).catch(() => undefined);
      if (signal.aborted) {
        break;
      }
      if (answer !== undefined && this.#wanted.has(namespace)) {
        this.#known.set(namespace, answer);
        onRead(namespace);
      }
    }
    this.#reading = false;
  }
}
