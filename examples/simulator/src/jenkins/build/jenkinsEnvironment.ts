// SPDX-License-Identifier: Apache-2.0
import type { FakeBuildContext } from 'backstage-plugin-jenkins-client/testUtils';

/** The variables that Jenkins itself sets for every build. */
export function jenkinsEnvironment(options: {
  context: FakeBuildContext;
  controllerUrl: string;
  workspace: string;
}): Record<string, string> {
  const { context, controllerUrl, workspace } = options;
  const { job, number, url } = context;
  const name = job.split('/').pop() ?? job;
  return {
    BUILD_DISPLAY_NAME: `#${number}`,
    BUILD_ID: String(number),
    BUILD_NUMBER: String(number),
    BUILD_TAG: `jenkins-${job.replaceAll('/', '-')}-${number}`,
    BUILD_URL: url,
    CI: 'true',
    EXECUTOR_NUMBER: '0',
    JENKINS_URL: `${controllerUrl}/`,
    JOB_BASE_NAME: name,
    JOB_NAME: job,
    JOB_URL: url.replace(/\d+\/$/, ''),
    NODE_NAME: 'built-in',
    WORKSPACE: workspace,
    WORKSPACE_TMP: `${workspace}@tmp`,
    ...context.parameters,
  };
}

/** The variables that a checkout adds. */
export function checkoutEnvironment(
  revision: { commit: string; branch: string; url: string },
  context: FakeBuildContext,
): Record<string, string> {
  const { previousCommit, previousSuccessfulCommit } = context;
  return {
    GIT_BRANCH: revision.branch,
    GIT_COMMIT: revision.commit,
    GIT_URL: revision.url,
    ...(previousCommit && { GIT_PREVIOUS_COMMIT: previousCommit }),
    ...(previousSuccessfulCommit && {
      GIT_PREVIOUS_SUCCESSFUL_COMMIT: previousSuccessfulCommit,
    }),
  };
}
