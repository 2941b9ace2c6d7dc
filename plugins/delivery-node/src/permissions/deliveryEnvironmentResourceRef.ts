// SPDX-License-Identifier: Apache-2.0
import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_DELIVERY_ENVIRONMENT,
  type EntityRef,
  type EnvironmentName,
  type Tier,
} from 'backstage-plugin-delivery-common';

/** A Service in one Environment, as a permission rule sees it. @public */
export type DeliveryEnvironmentResource = {
  service: EntityRef;
  /** Who the catalog says owns the Service; absent when it says nobody. */
  owner?: EntityRef;
  environment: EnvironmentName;
  tier: Tier;
};

/** The same rule as a question about a field of the resource. @public */
export type DeliveryEnvironmentQuery = {
  key: 'owner' | 'environment' | 'tier';
  values: string[];
};

/** The resource type `delivery-environment` of the permission framework. @public */
export const deliveryEnvironmentResourceRef = createPermissionResourceRef<
  DeliveryEnvironmentResource,
  DeliveryEnvironmentQuery
>().with({
  pluginId: 'delivery',
  resourceType: RESOURCE_TYPE_DELIVERY_ENVIRONMENT,
});
