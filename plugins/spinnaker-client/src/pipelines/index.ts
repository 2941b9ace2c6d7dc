// SPDX-License-Identifier: Apache-2.0
export type { DeployPipelineSpec, DeployTestJob } from './DeployPipelineSpec';
export { testJobFor, testJobSettingsSchema } from './testJobSettings';
export type { TestJobSettings } from './testJobSettings';
export { bakeSourceFor, kustomizeSettingsSchema } from './kustomizeSettings';
export type { KustomizeSettings } from './kustomizeSettings';
export { deployPipelineName } from './deployPipelineName';
export { CLAIM_STAGE_TYPE, renderDeployPipeline } from './renderDeployPipeline';
export { pipelineContentHash } from './pipelineContentHash';
export { pipelineDifference } from './pipelineDifference';
export { executedAsRendered } from './executedAsRendered';
export type { ExecutedAsRendered } from './executedAsRendered';
export {
  START_PARAMETER_NAMES,
  START_PARAMETER_PATTERNS,
  startParameters,
} from './startParameters';
export type { StartParameters } from './startParameters';
