// SPDX-License-Identifier: Apache-2.0
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import CheckCircle from '@mui/icons-material/CheckCircle';
import LocalShipping from '@mui/icons-material/LocalShipping';
import { DeliveryClient } from 'backstage-plugin-delivery-common';
import { deliveryApiRef } from './api/deliveryApiRef';
import {
  approvalsRouteRef,
  deployTabRouteRef,
  overviewRouteRef,
  promotionRouteRef,
} from './routes';

const deliveryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: deliveryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new DeliveryClient({ discoveryApi, fetchApi }),
    }),
});

/**
 * The Deploy tab, on every service whether it is set up or not: its first-use
 * state says what is missing. Other types are added in the app's configuration:
 *
 * ```yaml
 * app:
 *   extensions:
 *     - entity-content:delivery/deploy:
 *         config:
 *           filter: { kind: component, spec.type: { $in: [service, worker] } }
 * ```
 */
const deployTab = EntityContentBlueprint.make({
  name: 'deploy',
  params: {
    path: '/deploy',
    title: 'Deploy',
    group: 'deployment',
    routeRef: deployTabRouteRef,
    filter: { kind: 'component', 'spec.type': 'service' },
    loader: () =>
      import('./components/DeployTab/DeployTab').then(m => <m.DeployTab />),
  },
});

const overviewPage = PageBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    icon: <LocalShipping fontSize="inherit" />,
    routeRef: overviewRouteRef,
    noHeader: true,
    loader: () =>
      import('./components/pages/OverviewPage').then(m => <m.OverviewPage />),
  },
});

const approvalsPage = PageBlueprint.make({
  name: 'approvals',
  params: {
    path: '/delivery/approvals',
    title: 'Approvals',
    icon: <CheckCircle fontSize="inherit" />,
    routeRef: approvalsRouteRef,
    noHeader: true,
    loader: () =>
      import('./components/pages/ApprovalsPage').then(m => <m.ApprovalsPage />),
  },
});

const promotionPage = PageBlueprint.make({
  name: 'promotion',
  params: {
    path: '/delivery/promotions/:id',
    routeRef: promotionRouteRef,
    noHeader: true,
    loader: () =>
      import('./components/pages/PromotionPage').then(m => <m.PromotionPage />),
  },
});

/** The field of a template's form that is called `SourceHostPicker`. */
const sourceHostPicker = FormFieldBlueprint.make({
  name: 'source-host-picker',
  params: {
    field: () =>
      import('./components/SourceHostPicker/sourceHostField').then(
        m => m.sourceHostField,
      ),
  },
});

/**
 * The pages of delivery for the new frontend system.
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'delivery',
  title: 'Delivery',
  icon: <LocalShipping fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: overviewRouteRef,
    approvals: approvalsRouteRef,
    promotion: promotionRouteRef,
    deploy: deployTabRouteRef,
  },
  extensions: [
    deliveryApi,
    deployTab,
    overviewPage,
    approvalsPage,
    promotionPage,
    sourceHostPicker,
  ],
});
