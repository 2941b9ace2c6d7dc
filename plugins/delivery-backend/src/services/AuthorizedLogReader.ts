// SPDX-License-Identifier: Apache-2.0
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  deliveryEnvironmentRef,
  deliveryLogsReadPermission,
  deliveryServiceReadPermission,
} from 'backstage-plugin-delivery-common';
import type { LogReader } from './LogReader';

/** Lets only those read logs who may see the Service and read logs in the Environment. */
export class AuthorizedLogReader implements LogReader {
  readonly #inner: LogReader;
  readonly #permissions: PermissionsService;

  constructor(inner: LogReader, options: { permissions: PermissionsService }) {
    this.#inner = inner;
    this.#permissions = options.permissions;
  }

  async read(...[place, query, options]: Parameters<LogReader['read']>) {
    const { environment, service } = place;
    const answers = await this.#permissions.authorize(
      [
        { permission: deliveryServiceReadPermission, resourceRef: service },
        {
          permission: deliveryLogsReadPermission,
          resourceRef: deliveryEnvironmentRef(service, environment),
        },
      ],
      { credentials: options.credentials },
    );
    if (answers.some(({ result }) => result !== AuthorizeResult.ALLOW)) {
      throw new NotAllowedError(
        `You may not read the logs of ${service} in ${environment}; that needs ${deliveryLogsReadPermission.name}`,
      );
    }
    return this.#inner.read(place, query, options);
  }
}
