// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { deliveryObserverExtensionPoint } from 'backstage-plugin-delivery-node';
import { readClusters } from './config/readClusters';
import { KubernetesObserver } from './KubernetesObserver';

/**
 * Lets delivery see what runs in the clusters of Backstage's own Kubernetes configuration.
 *
 * @public
 */
export default createBackendModule({
  pluginId: 'delivery',
  moduleId: 'kubernetes',
  register(reg) {
    reg.registerInit({
      deps: {
        observers: deliveryObserverExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
      },
      async init({ observers, config, logger, metrics }) {
        const { clusters, leftOut } = readClusters(config);
        for (const sentence of leftOut) {
          logger.warn(sentence);
        }
        observers.addObserver(
          KubernetesObserver.create({ clusters, logger, metrics }),
        );
      },
    });
  },
});
