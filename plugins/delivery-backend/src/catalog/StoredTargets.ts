// SPDX-License-Identifier: Apache-2.0
import type {
  ObservationTarget,
  ObservationTargets,
} from 'backstage-plugin-delivery-node';

/** The targets of all stored Services, told anew after each change. */
export class StoredTargets implements ObservationTargets {
  readonly #listeners = new Set<() => void>();
  #targets: readonly ObservationTarget[] = [];
  #text = '[]';

  current(): readonly ObservationTarget[] {
    return this.#targets;
  }

  onChange(listener: () => void, options: { signal: AbortSignal }): void {
    if (options.signal.aborted) {
      return;
    }
    this.#listeners.add(listener);
    options.signal.addEventListener(
      'abort',
      () => this.#listeners.delete(listener),
      { once: true },
    );
  }

  /** Takes the targets as they are now; nobody is called when they are the same. */
  replace(targets: readonly ObservationTarget[]): void {
    const text = JSON.stringify(targets);
    if (text === this.#text) {
      return;
    }
    this.#targets = targets;
    this.#text = text;
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}
