// SPDX-License-Identifier: Apache-2.0
/**
 * A small typed client for Jenkins.
 *
 * @packageDocumentation
 */
export type { JobDefinition } from './config/JobDefinition';
export { mergeJobConfig, type MergedJobConfig } from './config/mergeJobConfig';
export { renderFolderConfig } from './config/renderFolderConfig';
export { renderJobConfig } from './config/renderJobConfig';
export {
  JenkinsClient,
  type JenkinsApplied,
  type JenkinsCallOptions,
  type JenkinsClientOptions,
} from './JenkinsClient';
export { jobPath } from './jobPath';
export type {
  JenkinsBuild,
  JenkinsBuildResult,
  JenkinsConsole,
  JenkinsJob,
  JenkinsQueueItem,
  JenkinsStage,
  JenkinsStageState,
  JenkinsTestCounts,
} from './model';
