// SPDX-License-Identifier: Apache-2.0
import type { ObjectKey, ObjectStore } from '../store/ObjectStore';
import type { Controller } from './Controller';
import type { Timers } from './Timers';

const RETRY_AFTER_MS = 1_000;

/**
 * Runs controllers over the changes of a store.
 *
 * @remarks
 * Each object waits at most once for each controller, and one is looked at per turn of the
 * event loop, so a large change never holds up the HTTP side. A controller that throws is
 * asked again after a second.
 */
export class ControllerLoop {
  readonly #store: ObjectStore;
  readonly #timers: Timers;
  readonly #signal: AbortSignal;
  readonly #onError: (error: unknown) => void;
  readonly #queue = new Map<string, { controller: number; key: ObjectKey }>();
  #controllers: readonly Controller[] = [];
  #scheduled = false;

  constructor(options: {
    store: ObjectStore;
    timers: Timers;
    signal: AbortSignal;
    onError: (error: unknown) => void;
  }) {
    this.#store = options.store;
    this.#timers = options.timers;
    this.#signal = options.signal;
    this.#onError = options.onError;
  }

  /** Starts: first over everything that is there, then over every change. */
  start(controllers: readonly Controller[], keys: ObjectKey[]): void {
    this.#controllers = controllers;
    const unsubscribe = this.#store.subscribe(event => {
      controllers.forEach((controller, index) => {
        for (const key of controller.affectedBy(event)) {
          this.#add(index, key);
        }
      });
    });
    this.#signal.addEventListener('abort', unsubscribe, { once: true });
    for (const key of keys) {
      this.enqueue(key);
    }
  }

  /** Has every controller look at an object. */
  enqueue(key: ObjectKey): void {
    this.#controllers.forEach((_, index) => this.#add(index, key));
  }

  #add(controller: number, key: ObjectKey): void {
    this.#queue.set(identify(controller, key), { controller, key });
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => this.#turn());
    }
  }

  #turn(): void {
    this.#scheduled = false;
    if (this.#signal.aborted) {
      return;
    }
    for (const [identity, { controller, key }] of this.#queue) {
      this.#queue.delete(identity);
      try {
        this.#controllers[controller].reconcile(key);
      } catch (error) {
        this.#onError(error);
        this.#timers.after(`retry ${identity}`, RETRY_AFTER_MS, () =>
          this.#add(controller, key),
        );
      }
      break;
    }
    if (this.#queue.size > 0 && !this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => this.#turn());
    }
  }
}

function identify(controller: number, { kind, namespace, name }: ObjectKey) {
  return `${controller} ${kind.kind} ${namespace ?? ''}/${name}`;
}
