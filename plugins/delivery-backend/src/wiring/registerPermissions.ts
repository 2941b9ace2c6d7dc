// SPDX-License-Identifier: Apache-2.0
import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  RESOURCE_TYPE_DELIVERY_ENVIRONMENT,
  deliveryPermissions,
  parseDeliveryEnvironmentRef,
} from 'backstage-plugin-delivery-common';
import {
  deliveryEnvironmentResourceRef,
  deliveryEnvironmentRules,
  type DeliveryEnvironmentResource,
} from 'backstage-plugin-delivery-node';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import type { Db } from '../database/Db';
import { findService } from '../database/services';

/** Tells the permission framework of our permissions, resources and rules. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  { config, db }: { config: DeliveryConfig; db: Db },
): void {
  const onEnvironments = (permission: Permission) =>
    isResourcePermission(permission, RESOURCE_TYPE_DELIVERY_ENVIRONMENT);
  registry.addPermissions(
    deliveryPermissions.filter(permission => !onEnvironments(permission)),
  );
  registry.addResourceType({
    resourceRef: deliveryEnvironmentResourceRef,
    permissions: deliveryPermissions.filter(onEnvironments),
    rules: Object.values(deliveryEnvironmentRules),
    getResources: refs =>
      Promise.all(refs.map(ref => findResource(ref, { config, db }))),
  });
}

/** A Service in an Environment; what is not there is denied to everybody. */
async function findResource(
  ref: string,
  { config, db }: { config: DeliveryConfig; db: Db },
): Promise<DeliveryEnvironmentResource | undefined> {
  const parsed = parseDeliveryEnvironmentRef(ref);
  const service = parsed && (await findService(db, parsed.service));
  const environment =
    service &&
    config.paths
      .get(service.path)
      ?.environments.find(({ name }) => name === parsed.environment);
  return environment
    ? {
        service: service.entityRef,
        owner: service.owner,
        environment: environment.name,
        tier: environment.tier,
      }
    : undefined;
}
