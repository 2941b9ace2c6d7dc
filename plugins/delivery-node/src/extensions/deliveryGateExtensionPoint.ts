// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Gate } from '../ports/Gate';

/** Where a gate type is added. @public */
export interface DeliveryGateExtensionPoint {
  /** @throws ConflictError when a gate of this type is there already. */
  addGate<Config>(gate: Gate<Config>): void;
}

/** Where a gate type is added. @public */
export const deliveryGateExtensionPoint =
  createExtensionPoint<DeliveryGateExtensionPoint>({ id: 'delivery.gate' });
