// SPDX-License-Identifier: Apache-2.0
import {
  deliveryLogsReadPermission,
  deliveryAuditReadPermission,
  deliveryPromotionApprovePermission,
  deliveryPromotionCancelPermission,
  deliveryPromotionCreatePermission,
  deliveryPromotionOverridePermission,
  deliveryReleaseMarkPermission,
  deliveryServiceReadPermission,
} from 'backstage-plugin-delivery-common';

/** What opens a route: a permission, a service's own credentials, or nothing. */
export type RouteAccess =
  | { permission: { name: string } }
  | { only: 'services' }
  | { only: 'public'; because: string };

const read = { permission: deliveryServiceReadPermission };
const create = { permission: deliveryPromotionCreatePermission };
const approve = { permission: deliveryPromotionApprovePermission };
const cancel = { permission: deliveryPromotionCancelPermission };
const override = { permission: deliveryPromotionOverridePermission };
const mark = { permission: deliveryReleaseMarkPermission };
const audit = { permission: deliveryAuditReadPermission };
const services = { only: 'services' as const };

const SERVICE = '/v1/services/:kind/:namespace/:name';

/**
 * What opens each route. A route that is not in here, or a line without a route,
 * keeps the plugin from starting.
 *
 * @remarks
 * The permissions themselves are asked by the services' own decorators, for the
 * Service and Environment that is read or acted on.
 */
export const ROUTE_ACCESS: Readonly<Record<string, RouteAccess>> = {
  'GET /v1/services': read,
  [`GET ${SERVICE}`]: read,
  [`GET ${SERVICE}/releases`]: read,
  [`GET ${SERVICE}/history`]: read,
  [`GET ${SERVICE}/builds`]: read,
  [`GET ${SERVICE}/diff`]: read,
  [`GET ${SERVICE}/policy`]: read,
  [`GET ${SERVICE}/environments/:environment/logs`]: {
    permission: deliveryLogsReadPermission,
  },
  [`POST ${SERVICE}/environments/:environment/acknowledgement`]: cancel,
  [`POST ${SERVICE}/environments/:environment/hold`]: cancel,
  [`POST ${SERVICE}/environments/:environment/hold-lift`]: cancel,
  [`POST ${SERVICE}/releases/:number/mark`]: mark,
  'GET /v1/promotions': read,
  'POST /v1/promotions': create,
  'GET /v1/promotions/:id': read,
  'POST /v1/promotions/:id/approvals': approve,
  'POST /v1/promotions/:id/overrides': override,
  'POST /v1/overrides/:id/review': override,
  'POST /v1/promotions/:id/cancellation': cancel,
  'POST /v1/promotions/:id/resolution': cancel,
  'GET /v1/approvals': read,
  'GET /v1/health/:kind/:namespace/:name': read,
  'GET /v1/metrics/dora': read,
  'GET /v1/doctor': audit,
  'GET /v1/audit/verification': audit,
  'GET /v1/audit/export': audit,
  'POST /v1/claims': services,
  'POST /v1/claims/cancel': services,
  'GET /v1/claims/:executionId': services,
  'GET /openapi.json': {
    only: 'public',
    because: 'it describes the API and says nothing of any service',
  },
};
