// SPDX-License-Identifier: Apache-2.0
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityDeletePermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  deliveryPromotionApprovePermission,
  deliveryPromotionCancelPermission,
  deliveryPromotionOverridePermission,
} from 'backstage-plugin-delivery-common';
import {
  createDeliveryConditionalDecision,
  deliveryConditions,
} from 'backstage-plugin-delivery-node';

const GUESTS = 'group:default/guests';
const PLATFORM = 'group:default/platform';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Who may do what in the demo.
 *
 * @remarks
 * Everybody reads. Guests do nothing else. Developers create services and ask for
 * promotions of any of them. To approve, or to cancel what somebody asked for,
 * one has to own the service or be of the platform group; to override a gate
 * in production only the platform group will do. Which approvals an Environment
 * needs is not said here but by its gates.
 */
export class DeliveryPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { permission } = request;
    if (permission.attributes.action === 'read') {
      return ALLOW;
    }
    const claims = user?.info.ownershipEntityRefs ?? [];
    if (claims.length === 0 || claims.includes(GUESTS)) {
      return DENY;
    }
    if (claims.includes(PLATFORM)) {
      return ALLOW;
    }
    if (
      isPermission(permission, deliveryPromotionApprovePermission) ||
      isPermission(permission, deliveryPromotionCancelPermission)
    ) {
      return createDeliveryConditionalDecision(
        permission,
        deliveryConditions.isEntityOwner({ claims }),
      );
    }
    if (isPermission(permission, deliveryPromotionOverridePermission)) {
      return createDeliveryConditionalDecision(permission, {
        allOf: [
          deliveryConditions.isEntityOwner({ claims }),
          { not: deliveryConditions.isTier({ tiers: ['production'] }) },
        ],
      });
    }
    if (isPermission(permission, catalogEntityDeletePermission)) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({ claims }),
      );
    }
    return ALLOW;
  }
}
