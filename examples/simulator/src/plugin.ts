// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { simulatorClock } from './clock';
import { readSimulatorConfig } from './config';
import { createControlRouter } from './control/createControlRouter';
import { startSimulator } from './startSimulator';

/**
 * The vendors of the demo (GitHub, Jenkins, Spinnaker, a Kubernetes cluster and a chart
 * repository), each on its own loopback port, and their control.
 *
 * @remarks
 * The control is open to everybody who reaches the portal. That is fit for a demo on one
 * machine only, and why no vendor ever listens on anything but loopback.
 */
export const simulatorPlugin = createBackendPlugin({
  pluginId: 'delivery-simulator',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
      },
      async init({ config, httpRouter, lifecycle, logger }) {
        if (!config.has('simulator')) {
          logger.info('No vendor is simulated: there is no section simulator');
          return;
        }
        const stop = new AbortController();
        const simulator = await startSimulator({
          config: readSimulatorConfig(config.get('simulator')),
          clock: simulatorClock,
          signal: stop.signal,
          log: (where, message) => logger.debug(`${where}: ${message}`),
        });
        lifecycle.addShutdownHook(async () => {
          stop.abort();
          await simulator.stopped;
        });
        for (const [vendor, url] of Object.entries(simulator.urls)) {
          logger.info(`Simulating ${vendor} at ${url}`);
        }
        httpRouter.addAuthPolicy({
          path: '/control',
          allow: 'unauthenticated',
        });
        httpRouter.use(createControlRouter(simulator.control));
      },
    });
  },
});
