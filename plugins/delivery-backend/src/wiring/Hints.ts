// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { hintChannel, type EntityRef } from 'backstage-plugin-delivery-common';
import { Spaced } from './Spaced';

/** For each Service. */
const BETWEEN_MS = 100;

/** For whoever looks at all of them, which costs more to read. */
const BETWEEN_ANY_MS = 1_000;

/**
 * Tells viewers that something about a Service changed, and nothing of what.
 *
 * @remarks
 * A Service has a channel of its own, and one more is for all of them. Several changes
 * within a moment are one hint: at most ten a second for a Service, one a second for
 * all. A hint that is lost costs nothing: pages also look by themselves.
 */
export class Hints {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #services: Spaced<EntityRef>;
  readonly #any: Spaced<undefined>;

  constructor(options: {
    signals: SignalsService;
    logger: LoggerService;
    signal: AbortSignal;
  }) {
    const { signal } = options;
    this.#signals = options.signals;
    this.#logger = options.logger;
    this.#services = new Spaced({
      betweenMs: BETWEEN_MS,
      act: service => this.#tell(hintChannel(service)),
      signal,
    });
    this.#any = new Spaced({
      betweenMs: BETWEEN_ANY_MS,
      act: () => this.#tell(hintChannel()),
      signal,
    });
  }

  add(service: EntityRef): void {
    this.#services.ask(service);
    this.#any.ask(undefined);
  }

  #tell(channel: string): void {
    this.#signals
      .publish({ recipients: { type: 'broadcast' }, channel, message: {} })
      .catch(error =>
        this.#logger.debug(`A hint was lost: ${stringifyError(error)}`),
      );
  }
}
