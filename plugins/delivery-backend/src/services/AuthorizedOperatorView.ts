// SPDX-License-Identifier: Apache-2.0
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { deliveryAuditReadPermission } from 'backstage-plugin-delivery-common';
import type { OperatorOptions, OperatorView } from './OperatorView';

/** Lets only those look whom the permission policy allows to read the audit. */
export class AuthorizedOperatorView implements OperatorView {
  readonly #inner: OperatorView;
  readonly #permissions: PermissionsService;

  constructor(
    inner: OperatorView,
    options: { permissions: PermissionsService },
  ) {
    this.#inner = inner;
    this.#permissions = options.permissions;
  }

  async examine(options: OperatorOptions) {
    await this.#require(options);
    return this.#inner.examine(options);
  }

  async verifyAudit(options: OperatorOptions) {
    await this.#require(options);
    return this.#inner.verifyAudit(options);
  }

  async exportAudit(
    query: Parameters<OperatorView['exportAudit']>[0],
    options: OperatorOptions,
  ) {
    await this.#require(options);
    return this.#inner.exportAudit(query, options);
  }

  async #require({ credentials }: OperatorOptions): Promise<void> {
    const [answer] = await this.#permissions.authorize(
      [{ permission: deliveryAuditReadPermission }],
      { credentials },
    );
    if (answer.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not read the record of promotions or examine the set-up; that needs ${deliveryAuditReadPermission.name}`,
      );
    }
  }
}
