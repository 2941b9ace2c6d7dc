// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { DoctorFinding } from 'backstage-plugin-delivery-common';
import { examineGatesOnly, type DoctorRoom } from './examineSetup';

/** Says in the log which gates can never pass, each once. */
export class StartLint {
  readonly #room: DoctorRoom;
  readonly #logger: LoggerService;
  readonly #told = new Set<string>();
  #done = false;

  constructor(options: { room: DoctorRoom; logger: LoggerService }) {
    this.#room = options.room;
    this.#logger = options.logger;
  }

  /**
   * Looks at the gates until there are Services, without which nobody knows who
   * fills a slot; never fails.
   */
  async look(): Promise<void> {
    if (this.#done) {
      return;
    }
    try {
      const { findings, services } = await examineGatesOnly(this.#room);
      this.#done = services > 0;
      for (const finding of findings) {
        this.#tell(finding);
      }
    } catch (error) {
      this.#logger.warn(
        `The gates could not be checked: ${stringifyError(error)}`,
      );
    }
  }

  #tell({ detail, key, services, severity, subject }: DoctorFinding): void {
    const whose = services ? ` (${services.examples.join(', ')})` : '';
    const line = `${key ?? subject}${whose}: ${detail}`;
    if (!this.#told.has(line)) {
      this.#told.add(line);
      this.#logger[severity === 'error' ? 'error' : 'warn'](line);
    }
  }
}
