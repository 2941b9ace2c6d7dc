// SPDX-License-Identifier: Apache-2.0
import { createRouteRef } from '@backstage/core-plugin-api';

/** The overview, `/delivery`. */
export const overviewRouteRef = createRouteRef({ id: 'delivery' });

/** What waits for approval, `/delivery/approvals`. */
export const approvalsRouteRef = createRouteRef({ id: 'delivery-approvals' });

/** One Promotion, `/delivery/promotions/:id`. */
export const promotionRouteRef = createRouteRef({
  id: 'delivery-promotion',
  params: ['id'],
});

/** The Deploy tab of an entity. */
export const deployTabRouteRef = createRouteRef({ id: 'delivery-deploy-tab' });
