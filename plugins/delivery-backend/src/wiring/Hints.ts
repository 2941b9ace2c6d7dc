// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DELIVERY_SIGNAL_CHANNEL,
  type EntityRef,
} from 'backstage-plugin-delivery-common';

/** At most ten times a second for each Service. */
const BETWEEN_MS = 100;

/** What belongs together often comes together. */
const TOGETHER_MS = 10;

/**
 * Tells viewers that something about a Service changed, and nothing of what.
 *
 * @remarks
 * Everybody gets the hint, so it holds only the name; who may see more asks the
 * API. Several changes within a moment are one hint. A hint that is lost costs
 * nothing: pages also look by themselves.
 */
export class Hints {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #waiting = new Set<EntityRef>();
  #timer: NodeJS.Timeout | undefined;
  #sentAt = -BETWEEN_MS;
  #stopped = false;

  constructor(options: {
    signals: SignalsService;
    logger: LoggerService;
    signal: AbortSignal;
  }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
    options.signal.addEventListener(
      'abort',
      () => {
        this.#stopped = true;
        clearTimeout(this.#timer);
      },
      { once: true },
    );
  }

  add(service: EntityRef): void {
    this.#waiting.add(service);
    if (!this.#timer && !this.#stopped) {
      const rest = this.#sentAt + BETWEEN_MS - performance.now();
      this.#timer = setTimeout(() => this.#send(), Math.max(TOGETHER_MS, rest));
    }
  }

  #send(): void {
    this.#timer = undefined;
    this.#sentAt = performance.now();
    const services = [...this.#waiting];
    this.#waiting.clear();
    for (const service of services) {
      this.#signals
        .publish({
          recipients: { type: 'broadcast' },
          channel: DELIVERY_SIGNAL_CHANNEL,
          message: { service },
        })
        .catch(error =>
          this.#logger.debug(`A hint was lost: ${stringifyError(error)}`),
        );
    }
  }
}
