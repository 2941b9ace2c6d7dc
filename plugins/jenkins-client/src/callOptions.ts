// SPDX-License-Identifier: Apache-2.0

/**
 * Options of every call.
 *
 * @public
 */
export type JenkinsCallOptions = { signal?: AbortSignal };

/**
 * Options of a call that can say what it would do.
 *
 * @public
 */
export type JenkinsDryRunOptions = JenkinsCallOptions & { dryRun?: boolean };

/**
 * What an apply call did, or with `dryRun` would do.
 *
 * @public
 */
export type JenkinsApplied = {
  outcome: 'created' | 'updated' | 'unchanged';
  /** The page for people. */
  url: string;
  /** For an update: which fields differed. */
  fields?: string[];
};
