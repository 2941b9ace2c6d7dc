// SPDX-License-Identifier: Apache-2.0
import { ForwardedError } from '@backstage/errors';

/**
 * Keeps count of what an action made, so that a failure in the middle can say what exists.
 */
export class MadeSoFar {
  readonly #items: string[] = [];

  /** Notes one thing, for example `the folder 'orders' (created)`. */
  note(item: string): void {
    this.#items.push(item);
  }

  /** Runs a step; its failure names the step and what was made before it. */
  async attempt<T>(doing: string, step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      const made =
        this.#items.length > 0
          ? `Done before that: ${this.#items.join(
              ', ',
            )}. Run it again to finish`
          : 'This step made nothing before that, and what earlier steps made stays. Run it again to finish';
      throw new ForwardedError(`${made}. Failed: ${doing}`, error);
    }
  }
}
