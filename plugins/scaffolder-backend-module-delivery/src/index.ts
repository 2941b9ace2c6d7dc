// SPDX-License-Identifier: Apache-2.0
/**
 * Scaffolder actions that wire repositories to Jenkins and Spinnaker.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDelivery as default } from './module';
export { createCatalogRegisterAction } from './actions/createCatalogRegisterAction';
export { createChartValuesAction } from './actions/createChartValuesAction';
export { createJenkinsApplyAction } from './actions/createJenkinsApplyAction';
export { createRepositoryPublishAction } from './actions/createRepositoryPublishAction';
export { createRepositoryPullRequestAction } from './actions/createRepositoryPullRequestAction';
export { createServiceAdoptAction } from './actions/createServiceAdoptAction';
export { createServicePlanAction } from './actions/createServicePlanAction';
export { createServiceRestoreAction } from './actions/createServiceRestoreAction';
export { createServiceVerifyAction } from './actions/createServiceVerifyAction';
export { createSpinnakerApplyAction } from './actions/createSpinnakerApplyAction';
export { createWiringWriteAction } from './actions/createWiringWriteAction';
