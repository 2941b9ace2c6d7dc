// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { CdEngine } from '../ports/CdEngine';

/** Where a CD engine is added. @public */
export interface DeliveryEngineExtensionPoint {
  /** @throws ConflictError when an engine of this id is there already. */
  addEngine(engine: CdEngine): void;
}

/** Where a CD engine is added. @public */
export const deliveryEngineExtensionPoint =
  createExtensionPoint<DeliveryEngineExtensionPoint>({
    id: 'delivery.engine',
  });
