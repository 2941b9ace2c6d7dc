// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { EnvironmentObserver } from '../ports/EnvironmentObserver';

/** Where an observer of environments is added. @public */
export interface DeliveryObserverExtensionPoint {
  /** @throws ConflictError when an observer of this id is there already. */
  addObserver(observer: EnvironmentObserver): void;
}

/** Where an observer of environments is added. @public */
export const deliveryObserverExtensionPoint =
  createExtensionPoint<DeliveryObserverExtensionPoint>({
    id: 'delivery.observer',
  });
