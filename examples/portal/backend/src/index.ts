// SPDX-License-Identifier: Apache-2.0
import { createBackend } from '@backstage/backend-defaults';
import { deliveryRootHealthServiceFactory } from 'backstage-plugin-delivery-backend';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./modules/demoAuth'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./modules/deliveryPolicy'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-workspace-database'),
);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('backstage-plugin-scaffolder-backend-module-delivery'));

backend.add(import('backstage-plugin-delivery-backend'));
// Load balancers are sent away until delivery has its last known state.
backend.add(deliveryRootHealthServiceFactory);
backend.add(import('backstage-plugin-delivery-backend-module-jenkins'));
backend.add(import('backstage-plugin-delivery-backend-module-kubernetes'));
backend.add(import('backstage-plugin-delivery-backend-module-spinnaker'));
backend.add(import('./modules/deliveryClock'));

backend.add(import('delivery-simulator'));
backend.add(import('./modules/demoOnboarding'));

// A portal that could not start says why and ends.
backend.start().catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});
