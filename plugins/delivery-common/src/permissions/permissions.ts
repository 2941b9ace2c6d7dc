// SPDX-License-Identifier: Apache-2.0
import { createPermission } from '@backstage/plugin-permission-common';

/** The resource type of a Service in one Environment. @public */
export const RESOURCE_TYPE_DELIVERY_ENVIRONMENT = 'delivery-environment';

const CATALOG_ENTITY = 'catalog-entity';

/** Read where a Service is; on the catalog entity, so that its rules work. @public */
export const deliveryServiceReadPermission = createPermission({
  name: 'delivery.service.read',
  attributes: { action: 'read' },
  resourceType: CATALOG_ENTITY,
});

/** Ask for a Promotion (forward or rollback) into an Environment. @public */
export const deliveryPromotionCreatePermission = createPermission({
  name: 'delivery.promotion.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_DELIVERY_ENVIRONMENT,
});

/** Approve or reject a Promotion into an Environment. @public */
export const deliveryPromotionApprovePermission = createPermission({
  name: 'delivery.promotion.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DELIVERY_ENVIRONMENT,
});

/** Let named Gates pass, with a reason and a later review. @public */
export const deliveryPromotionOverridePermission = createPermission({
  name: 'delivery.promotion.override',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DELIVERY_ENVIRONMENT,
});

/** Cancel a Promotion, and look after what needs attention. @public */
export const deliveryPromotionCancelPermission = createPermission({
  name: 'delivery.promotion.cancel',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_DELIVERY_ENVIRONMENT,
});

/** Read what the Pods of an Environment write. @public */
export const deliveryLogsReadPermission = createPermission({
  name: 'delivery.logs.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DELIVERY_ENVIRONMENT,
});

/** Say that a Release is bad, or take it back; on the catalog entity. @public */
export const deliveryReleaseMarkPermission = createPermission({
  name: 'delivery.release.mark',
  attributes: { action: 'update' },
  resourceType: CATALOG_ENTITY,
});

/** Read and verify the record of all promotions, and what is wrong with the set-up. @public */
export const deliveryAuditReadPermission = createPermission({
  name: 'delivery.audit.read',
  attributes: { action: 'read' },
});

/** All permissions of delivery. @public */
export const deliveryPermissions = [
  deliveryServiceReadPermission,
  deliveryPromotionCreatePermission,
  deliveryPromotionApprovePermission,
  deliveryPromotionOverridePermission,
  deliveryPromotionCancelPermission,
  deliveryLogsReadPermission,
  deliveryReleaseMarkPermission,
  deliveryAuditReadPermission,
];
