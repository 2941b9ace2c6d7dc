// SPDX-License-Identifier: Apache-2.0

/**
 * A folder or a job.
 *
 * @public
 */
export type JenkinsJob = {
  kind: 'folder' | 'job';
  name: string;
  /** Names from the root, joined by `/`. */
  fullName: string;
  /** The page for people. */
  url: string;
};

/**
 * How a build ended.
 *
 * @public
 */
export type JenkinsBuildResult =
  | 'SUCCESS'
  | 'UNSTABLE'
  | 'FAILURE'
  | 'NOT_BUILT'
  | 'ABORTED';

/**
 * One run of a job.
 *
 * @public
 */
export type JenkinsBuild = {
  number: number;
  /** The page for people. */
  url: string;
  building: boolean;
  /** Absent while it runs. */
  result?: JenkinsBuildResult;
  startedAt: Date;
  /** Milliseconds; 0 while it runs. */
  durationMs: number;
  /** The queue item it came from. */
  queueId?: number;
  parameters: Record<string, string>;
  /** The commit that was checked out, when Git told. */
  commit?: string;
  /** The branch that was built, such as `origin/main`. */
  branch?: string;
  /** Why it was started, in Jenkins' words. */
  causes: string[];
  /** Archived files, by path relative to the build. */
  artifacts: string[];
};

/**
 * Where a triggered build stands in the queue.
 *
 * @public
 */
export type JenkinsQueueItem =
  | { kind: 'queued'; why?: string }
  | { kind: 'cancelled' }
  | { kind: 'started'; number: number }
  /** Jenkins forgets an item five minutes after it left the queue. */
  | { kind: 'forgotten' };

/**
 * Counts of a build's test report.
 *
 * @public
 */
export type JenkinsTestCounts = {
  passed: number;
  failed: number;
  skipped: number;
};

/**
 * The state of one Jenkinsfile stage.
 *
 * @public
 */
export type JenkinsStageState =
  | 'queued'
  | 'running'
  | 'paused'
  | 'skipped'
  | 'not_built'
  | 'success'
  | 'unstable'
  | 'failure'
  | 'aborted'
  | 'unknown';

/**
 * One stage of a Jenkinsfile in a build.
 *
 * @public
 */
export type JenkinsStage = {
  id: string;
  name: string;
  state: JenkinsStageState;
  startedAt?: Date;
  durationMs?: number;
  children: JenkinsStage[];
};

/**
 * A piece of a build's console output.
 *
 * @public
 */
export type JenkinsConsole = {
  text: string;
  /** Pass as `start` to read on. */
  next: number;
  /** Whether more may come. */
  more: boolean;
};
