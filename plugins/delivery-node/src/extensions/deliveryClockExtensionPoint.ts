// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Clock } from '../ports/Clock';

/** Where the clock is replaced, for demonstrations and tests. @public */
export interface DeliveryClockExtensionPoint {
  /** @throws ConflictError when it was replaced already. */
  setClock(clock: Clock): void;
}

/** Where the clock is replaced, for demonstrations and tests. @public */
export const deliveryClockExtensionPoint =
  createExtensionPoint<DeliveryClockExtensionPoint>({ id: 'delivery.clock' });
