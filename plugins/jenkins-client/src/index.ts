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
export type {
  JenkinsApplied,
  JenkinsCallOptions,
  JenkinsDryRunOptions,
} from './callOptions';
export { JenkinsClient, type JenkinsClientOptions } from './JenkinsClient';
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
