// SPDX-License-Identifier: Apache-2.0
import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { OperatorOptions, OperatorView } from './OperatorView';

/** Makes an auditor event of every look into the record, refused ones included. */
export class AuditedOperatorView implements OperatorView {
  readonly #inner: OperatorView;
  readonly #auditor: AuditorService;

  constructor(inner: OperatorView, options: { auditor: AuditorService }) {
    this.#inner = inner;
    this.#auditor = options.auditor;
  }

  examine(options: OperatorOptions) {
    return this.#audit('doctor-examine', {}, options, () =>
      this.#inner.examine(options),
    );
  }

  verifyAudit(options: OperatorOptions) {
    return this.#audit(
      'audit-verify',
      {},
      options,
      () => this.#inner.verifyAudit(options),
      ({ intact, lines }) => ({ intact, lines }),
    );
  }

  exportAudit(
    query: Parameters<OperatorView['exportAudit']>[0],
    options: OperatorOptions,
  ) {
    return this.#audit('audit-export', { ...query }, options, () =>
      this.#inner.exportAudit(query, options),
    );
  }

  async #audit<T>(
    eventId: string,
    meta: JsonObject,
    { request }: OperatorOptions,
    act: () => Promise<T>,
    result: (value: T) => JsonObject = () => ({}),
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      eventId,
      severityLevel: 'low',
      request,
      meta,
    });
    try {
      const value = await act();
      await event.success({ meta: result(value) });
      return value;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}
