// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { DeliveryClient } from 'backstage-plugin-delivery-common';
import { deliveryApiRef } from '../api/deliveryApiRef';
import { SourceHostPicker } from '../components/SourceHostPicker/SourceHostPicker';
import { validateSourceHost } from '../components/SourceHostPicker/validateSourceHost';
import {
  approvalsRouteRef,
  deployTabRouteRef,
  overviewRouteRef,
  promotionRouteRef,
} from '../routes';

/**
 * Delivery for apps on the old frontend system.
 * @public
 */
export const deliveryPlugin = createPlugin({
  id: 'delivery',
  apis: [
    createApiFactory({
      api: deliveryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new DeliveryClient({ discoveryApi, fetchApi }),
    }),
  ],
  routes: {
    root: overviewRouteRef,
    approvals: approvalsRouteRef,
    promotion: promotionRouteRef,
    deploy: deployTabRouteRef,
  },
});

/**
 * The Deploy tab, for `EntityLayout.Route path="/deploy"`.
 * @public
 */
export const EntityDeliveryContent = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'EntityDeliveryContent',
    component: () =>
      import('../components/DeployTab/DeployTab').then(m => m.DeployTab),
    mountPoint: deployTabRouteRef,
  }),
);

/**
 * The overview, for the route `/delivery`.
 * @public
 */
export const DeliveryOverviewPage = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'DeliveryOverviewPage',
    component: () =>
      import('../components/pages/OverviewPage').then(m => m.OverviewPage),
    mountPoint: overviewRouteRef,
  }),
);

/**
 * What waits for approval, for the route `/delivery/approvals`.
 * @public
 */
export const DeliveryApprovalsPage = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'DeliveryApprovalsPage',
    component: () =>
      import('../components/pages/ApprovalsPage').then(m => m.ApprovalsPage),
    mountPoint: approvalsRouteRef,
  }),
);

/**
 * One promotion, for the route `/delivery/promotions/:id`.
 * @public
 */
export const DeliveryPromotionPage = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'DeliveryPromotionPage',
    component: () =>
      import('../components/pages/PromotionPage').then(m => m.PromotionPage),
    mountPoint: promotionRouteRef,
  }),
);

/**
 * Whether an entity has a Deploy tab: every component of type service, set up
 * or not.
 * @public
 */
export function isDeliveryAvailable(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'component' &&
    entity.spec?.type === 'service'
  );
}

/**
 * The field that offers source hosts, for `ScaffolderFieldExtensions`; templates call it
 * `SourceHostPicker`.
 * @public
 */
export const SourceHostPickerFieldExtension = deliveryPlugin.provide(
  createScaffolderFieldExtension({
    name: 'SourceHostPicker',
    component: SourceHostPicker,
    validation: validateSourceHost,
  }),
);
