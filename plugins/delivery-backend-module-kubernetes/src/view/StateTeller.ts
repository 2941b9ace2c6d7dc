// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SourceState } from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { KindState } from '../watch/KindSupervisor';

/** Tells how fresh one source is: once for each change, and again as it goes on living. */
export class StateTeller {
  readonly #options: {
    source: Pick<SourceState, 'source' | 'id'>;
    /** What the log calls it. */
    title: string;
    clock: Clock;
    logger: LoggerService;
    onSource(state: SourceState): void;
  };

  #told: KindState | undefined;
  #seenAt: Date | undefined;

  constructor(options: {
    source: Pick<SourceState, 'source' | 'id'>;
    title: string;
    clock: Clock;
    logger: LoggerService;
    onSource(state: SourceState): void;
  }) {
    this.#options = options;
  }

  /** How long ago it gave a sign of life, in seconds; `undefined` before the first. */
  ageSeconds(): number | undefined {
    const now = this.#options.clock.now().getTime();
    return this.#seenAt && (now - this.#seenAt.getTime()) / 1000;
  }

  /** It has given a sign of life. */
  sign(): void {
    this.#seenAt = this.#options.clock.now();
  }

  /** Tells the state when it is another one than was told last. */
  say(state: KindState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#told)) {
      return;
    }
    const { logger, title } = this.#options;
    if (state.state === 'stale') {
      logger.warn(`${title} cannot be seen: ${state.reason}`);
    } else if (state.state !== this.#told?.state) {
      logger.info(`${title} is ${state.state}`);
    }
    this.#told = state;
    this.#tell(state);
  }

  /** Tells once more of a source that is live, for the time at which it was seen. */
  repeat(): void {
    if (this.#told?.state === 'live') {
      this.#tell(this.#told);
    }
  }

  #tell(state: KindState): void {
    const { onSource, source } = this.#options;
    onSource({
      ...source,
      state: state.state,
      ...(this.#seenAt ? { seenAt: this.#seenAt.toISOString() } : {}),
      ...(state.state === 'stale'
        ? { since: state.since.toISOString(), reason: state.reason }
        : {}),
    });
  }
}
