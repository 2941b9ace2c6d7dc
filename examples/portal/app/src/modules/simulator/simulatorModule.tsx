// SPDX-License-Identifier: Apache-2.0
import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import EmojiObjectsIcon from '@material-ui/icons/EmojiObjects';
import { simulatorApiRef, SimulatorClient } from './SimulatorClient';

const simulatorRouteRef = createRouteRef();

const simulatorApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: simulatorApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new SimulatorClient(deps),
    }),
});

const simulatorPage = PageBlueprint.make({
  params: {
    path: '/simulator',
    title: 'Simulator',
    icon: <EmojiObjectsIcon fontSize="inherit" />,
    routeRef: simulatorRouteRef,
    loader: () => import('./SimulatorPage').then(m => <m.SimulatorPage />),
  },
});

/** The control page of the demo's simulated vendors. */
export const simulatorModule = createFrontendPlugin({
  pluginId: 'delivery-simulator',
  title: 'Simulator',
  routes: { root: simulatorRouteRef },
  extensions: [simulatorApi, simulatorPage],
});
