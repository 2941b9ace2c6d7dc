// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { BuildSource } from '../ports/BuildSource';

/** Where a CI server is added. @public */
export interface DeliveryBuildSourceExtensionPoint {
  /** @throws ConflictError when a source of this id is there already. */
  addBuildSource(source: BuildSource): void;
}

/** Where a CI server is added. @public */
export const deliveryBuildSourceExtensionPoint =
  createExtensionPoint<DeliveryBuildSourceExtensionPoint>({
    id: 'delivery.build-source',
  });
