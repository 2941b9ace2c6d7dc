// SPDX-License-Identifier: Apache-2.0

/** Keeps the values that were used last, up to a number of them. */
export class RecentlyUsed<T> {
  readonly #limit: number;
  readonly #values = new Map<string, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value of a key, made now when there is none; a failed making is not kept. */
  async getOrMake(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#values.get(key);
    if (known !== undefined) {
      this.#values.delete(key);
      this.#values.set(key, known);
      return known;
    }
    const made = await make();
    this.#values.set(key, made);
    if (this.#values.size > this.#limit) {
      for (const oldest of this.#values.keys()) {
        this.#values.delete(oldest);
        break;
      }
    }
    return made;
  }
}
