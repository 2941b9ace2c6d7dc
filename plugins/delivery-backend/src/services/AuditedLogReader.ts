// SPDX-License-Identifier: Apache-2.0
import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { LogReader } from './LogReader';

/** Makes an auditor event of every look into a log, refused ones included; never of what it says. */
export class AuditedLogReader implements LogReader {
  readonly #inner: LogReader;
  readonly #auditor: AuditorService;

  constructor(inner: LogReader, options: { auditor: AuditorService }) {
    this.#inner = inner;
    this.#auditor = options.auditor;
  }

  async read(...[place, query, options]: Parameters<LogReader['read']>) {
    const event = await this.#auditor.createEvent({
      eventId: 'logs-read',
      severityLevel: 'medium',
      request: options.request,
      meta: { ...place, ...query },
    });
    try {
      const logs = await this.#inner.read(place, query, options);
      await event.success({
        meta: { pod: logs.pod, bytes: Buffer.byteLength(logs.text) },
      });
      return logs;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}
