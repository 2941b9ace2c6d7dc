// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createChartValuesAction } from './actions/createChartValuesAction';
import { createJenkinsApplyAction } from './actions/createJenkinsApplyAction';
import { createServicePlanAction } from './actions/createServicePlanAction';
import { createSpinnakerApplyAction } from './actions/createSpinnakerApplyAction';

/**
 * Adds the actions that wire a service to Jenkins and Spinnaker to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleDelivery = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'delivery',
  register(env) {
    env.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ scaffolder, config }) {
        scaffolder.addActions(
          createChartValuesAction({ config }),
          createJenkinsApplyAction({ config }),
          createServicePlanAction({ config }),
          createSpinnakerApplyAction({ config }),
        );
      },
    });
  },
});
