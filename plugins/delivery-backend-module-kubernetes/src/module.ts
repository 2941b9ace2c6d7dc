// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
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
      },
      async init({ observers, config, logger }) {
        const { clusters, leftOut } = readClusters(config);
        for (const sentence of leftOut) {
          logger.warn(sentence);
        }
        observers.addObserver(KubernetesObserver.create({ clusters, logger }));
      },
    });
  },
});
