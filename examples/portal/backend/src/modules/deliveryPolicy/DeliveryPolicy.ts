// SPDX-License-Identifier: Apache-2.0
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

const GUESTS = 'group:default/guests';

/**
 * Who may do what in the demo.
 *
 * @remarks
 * Readers read. Everyone else may ask for promotions.
 */
export class DeliveryPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (request.permission.attributes.action === 'read') {
      return { result: AuthorizeResult.ALLOW };
    }
    if (!user || user.info.ownershipEntityRefs.includes(GUESTS)) {
      return { result: AuthorizeResult.DENY };
    }
    return { result: AuthorizeResult.ALLOW };
  }
}
