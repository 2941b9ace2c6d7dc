// SPDX-License-Identifier: Apache-2.0
import type { BuildSummary } from 'backstage-plugin-delivery-common';
import type {
  JenkinsBuild,
  JenkinsTestCounts,
} from 'backstage-plugin-jenkins-client';

const STATES = {
  SUCCESS: 'succeeded',
  UNSTABLE: 'unstable',
  FAILURE: 'failed',
  ABORTED: 'aborted',
  NOT_BUILT: 'aborted',
} as const;

/** A Jenkins build in delivery's words. */
export function summarizeBuild(options: {
  job: string;
  build: JenkinsBuild;
  tests?: JenkinsTestCounts;
  releaseNumber?: number;
}): BuildSummary {
  const { job, build, tests, releaseNumber } = options;
  const { building, result } = build;
  const cause = build.causes[0]?.slice(0, 300);
  return {
    job: job.slice(0, 300),
    number: build.number,
    url: build.url,
    state: building || !result ? 'running' : STATES[result],
    startedAt: build.startedAt.toISOString(),
    ...(building ? {} : { duration: build.durationMs }),
    ...(cause ? { cause } : {}),
    ...(build.commit ? { commit: build.commit.slice(0, 40) } : {}),
    ...(tests ? { tests } : {}),
    ...(releaseNumber === undefined ? {} : { releaseNumber }),
  };
}
