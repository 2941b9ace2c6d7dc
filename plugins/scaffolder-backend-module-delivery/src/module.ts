// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createCatalogRegisterAction } from './actions/createCatalogRegisterAction';
import { createChartValuesAction } from './actions/createChartValuesAction';
import { createJenkinsApplyAction } from './actions/createJenkinsApplyAction';
import { createRepositoryPublishAction } from './actions/createRepositoryPublishAction';
import { createRepositoryPullRequestAction } from './actions/createRepositoryPullRequestAction';
import { createServiceAdoptAction } from './actions/createServiceAdoptAction';
import { createServicePlanAction } from './actions/createServicePlanAction';
import { createServiceRestoreAction } from './actions/createServiceRestoreAction';
import { createServiceVerifyAction } from './actions/createServiceVerifyAction';
import { createSpinnakerApplyAction } from './actions/createSpinnakerApplyAction';
import { createWiringWriteAction } from './actions/createWiringWriteAction';

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
        discovery: coreServices.discovery,
        auth: coreServices.auth,
        reader: coreServices.urlReader,
        catalog: catalogServiceRef,
      },
      async init({ scaffolder, config, discovery, auth, reader, catalog }) {
        scaffolder.addActions(
          createCatalogRegisterAction({ catalog }),
          createChartValuesAction({ config }),
          createJenkinsApplyAction({ config }),
          createRepositoryPublishAction({ config }),
          createRepositoryPullRequestAction({ config }),
          createServiceAdoptAction({ config }),
          createServicePlanAction({ config }),
          createServiceRestoreAction({ config, catalog, reader }),
          createServiceVerifyAction({ config, discovery, auth }),
          createSpinnakerApplyAction({ config }),
          createWiringWriteAction({ config }),
        );
      },
    });
  },
});
