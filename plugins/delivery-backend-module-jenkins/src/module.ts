// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryBuildSourceExtensionPoint } from 'backstage-plugin-delivery-node';
import { JenkinsBuildSource } from './JenkinsBuildSource';
import { readJenkinsConfig } from './readJenkinsConfig';

/** Lets the delivery plugin read Releases and builds from Jenkins. */
export const deliveryModuleJenkins = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'jenkins',
  register(reg) {
    reg.registerInit({
      deps: {
        buildSources: deliveryBuildSourceExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ buildSources, config, logger }) {
        const instances = readJenkinsConfig(config);
        if (instances.length === 0) {
          logger.warn(
            'No Jenkins is configured, so no Releases are read from one; set delivery.jenkins.instances',
          );
          return;
        }
        buildSources.addBuildSource(JenkinsBuildSource.create({ instances }));
      },
    });
  },
});
