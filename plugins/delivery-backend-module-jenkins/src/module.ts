// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { deliveryBuildSourceExtensionPoint } from 'backstage-plugin-delivery-node';
import { JenkinsBuildSource } from './JenkinsBuildSource';
import { readJenkinsConfig } from './readJenkinsConfig';
import { relayHints } from './relayHints';

/** Lets the delivery plugin read Releases and builds from Jenkins. */
export const deliveryModuleJenkins = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'jenkins',
  register(reg) {
    reg.registerInit({
      deps: {
        buildSources: deliveryBuildSourceExtensionPoint,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        logger: coreServices.logger,
      },
      async init({ buildSources, config, events, logger }) {
        const instances = readJenkinsConfig(config);
        if (instances.length === 0) {
          logger.warn(
            'No Jenkins is configured, so no Releases are read from one; set delivery.jenkins.instances',
          );
          return;
        }
        buildSources.addBuildSource(JenkinsBuildSource.create({ instances }));
        await relayHints(events);
      },
    });
  },
});
