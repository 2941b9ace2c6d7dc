// SPDX-License-Identifier: Apache-2.0
import type { StoreEvent } from './StoreEvent';

/**
 * The latest changes of one kind of object, oldest first.
 *
 * @remarks
 * A watch or a paged list can go on from any version the window still covers. What is older
 * was compacted, and asking for it is answered with 410 Gone, exactly when a real server would.
 */
export class WatchWindow {
  readonly #limit: number;
  #events: StoreEvent[] = [];
  #compactedAt: number;

  /** Holds at most `limit` changes, and knows nothing before `startsAt`. */
  constructor(options: { limit: number; startsAt: number }) {
    this.#limit = options.limit;
    this.#compactedAt = options.startsAt;
  }

  /** The oldest version from which a reader may still go on. */
  get compactedAt(): number {
    return this.#compactedAt;
  }

  append(event: StoreEvent): void {
    this.#events.push(event);
    if (this.#events.length > this.#limit * 1.2) {
      this.#forgetFirst(this.#events.length - this.#limit);
    }
  }

  /** The changes after a version, or undefined when they are no longer all there. */
  since(resourceVersion: number): StoreEvent[] | undefined {
    if (resourceVersion < this.#compactedAt) {
      return undefined;
    }
    let first = this.#events.length;
    while (
      first > 0 &&
      this.#events[first - 1].resourceVersion > resourceVersion
    ) {
      first -= 1;
    }
    return this.#events.slice(first);
  }

  /** Forgets every change up to and including a version. */
  compact(resourceVersion: number): void {
    this.#events = this.since(resourceVersion) ?? this.#events;
    this.#compactedAt = Math.max(this.#compactedAt, resourceVersion);
  }

  #forgetFirst(count: number): void {
    const forgotten = this.#events.splice(0, count);
    this.#compactedAt = forgotten[count - 1].resourceVersion;
  }
}
