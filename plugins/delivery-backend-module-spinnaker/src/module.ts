// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryEngineExtensionPoint } from 'backstage-plugin-delivery-node';
import { SpinnakerEngine } from './SpinnakerEngine';
import { readSpinnakerSettings } from './SpinnakerSettings';

/**
 * Lets delivery carry promotions out with Spinnaker.
 *
 * @remarks
 * Without `delivery.spinnaker` in the configuration it says so and adds nothing.
 *
 * @public
 */
export default createBackendModule({
  pluginId: 'delivery',
  moduleId: 'spinnaker',
  register(reg) {
    reg.registerInit({
      deps: {
        engines: deliveryEngineExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ engines, config, logger }) {
        const settings = readSpinnakerSettings(config);
        if (!settings) {
          logger.warn(
            'There is no delivery.spinnaker in the configuration, so nothing can be deployed with Spinnaker',
          );
          return;
        }
        engines.addEngine(SpinnakerEngine.create({ settings }));
      },
    });
  },
});
