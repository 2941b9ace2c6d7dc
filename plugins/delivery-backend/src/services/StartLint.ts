// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { examineGatesOnly, type DoctorRoom } from './examineSetup';

/** Says once in the log which gates can never pass. */
export class StartLint {
  readonly #room: DoctorRoom;
  readonly #logger: LoggerService;
  #done = false;

  constructor(options: { room: DoctorRoom; logger: LoggerService }) {
    this.#room = options.room;
    this.#logger = options.logger;
  }

  /** Looks at the gates when it is called for the first time; never fails. */
  async once(): Promise<void> {
    if (this.#done) {
      return;
    }
    this.#done = true;
    try {
      for (const finding of await examineGatesOnly(this.#room)) {
        const { detail, services, severity, subject } = finding;
        const whose = services ? ` (${services.examples.join(', ')})` : '';
        this.#logger[severity === 'error' ? 'error' : 'warn'](
          `The gate ${subject}${whose}: ${detail}`,
        );
      }
    } catch (error) {
      this.#logger.warn(
        `The gates could not be checked: ${stringifyError(error)}`,
      );
    }
  }
}
