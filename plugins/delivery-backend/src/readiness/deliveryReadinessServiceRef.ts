// SPDX-License-Identifier: Apache-2.0
import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DeliveryReadiness } from './DeliveryReadiness';

/** Where the plugin says that it can serve, and the root health service asks. */
export const deliveryReadinessServiceRef = createServiceRef<DeliveryReadiness>({
  id: 'delivery.readiness',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: () => new DeliveryReadiness(),
    }),
});
