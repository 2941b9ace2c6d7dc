// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';

/** What was loaded, how old it is, and why it is not newer. */
export type Refreshed<T> = {
  /** The last answer; kept while it is loaded again and when that fails. */
  value?: T;
  /** When `value` came, milliseconds since 1970 on this machine. */
  receivedAt?: number;
  /** Why the last attempt failed; gone as soon as one succeeds. */
  error?: Error;
};

/**
 * Keeps one answer fresh: polls while somebody looks, loads again when the
 * window is looked at again, and never forgets what it has.
 *
 * @remarks
 * At most one request is under way. Wishes that come meanwhile are answered by
 * one more request after it, so a burst of hints costs two requests.
 */
export class Refresher<T> {
  readonly #load: (signal: AbortSignal) => Promise<T>;
  readonly #interval: (value: T | undefined) => number;
  readonly #listeners = new Set<() => void>();
  #state: Refreshed<T> = {};
  #running: AbortController | undefined;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #started = false;

  constructor(options: {
    load: (signal: AbortSignal) => Promise<T>;
    /** Milliseconds until the next load, for what is known now. */
    interval: (value: T | undefined) => number;
  }) {
    this.#load = options.load;
    this.#interval = options.interval;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Refreshed<T> => this.#state;

  /** Loads now and from then on; the answer stops it. */
  readonly start = (): (() => void) => {
    this.#started = true;
    const look = () => {
      if (document.hidden) {
        clearTimeout(this.#timer);
      } else {
        this.refresh();
      }
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    this.refresh();
    return () => {
      this.#started = false;
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
      clearTimeout(this.#timer);
      this.#running?.abort();
      this.#running = undefined;
      this.#again = false;
    };
  };

  /** Loads now, or once more after the load that is under way. */
  readonly refresh = (): void => {
    if (!this.#started) {
      return;
    }
    if (this.#running) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    const controller = new AbortController();
    this.#running = controller;
    this.#load(controller.signal).then(
      value => this.#ended(controller, { value, receivedAt: Date.now() }),
      (error: unknown) =>
        this.#ended(controller, {
          value: this.#state.value,
          receivedAt: this.#state.receivedAt,
          error: toError(error),
        }),
    );
  };

  #ended(controller: AbortController, state: Refreshed<T>) {
    if (this.#running !== controller) {
      return; // stopped meanwhile
    }
    this.#running = undefined;
    this.#set(state);
    if (this.#again) {
      this.#again = false;
      this.refresh();
    } else if (!document.hidden) {
      this.#timer = setTimeout(this.refresh, this.#interval(state.value));
    }
  }

  #set(state: Refreshed<T>) {
    this.#state = state;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
