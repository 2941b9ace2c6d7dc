// SPDX-License-Identifier: Apache-2.0

/** What holds for the jobs of a service unless something else is said. */
export const JENKINS_DEFAULTS = {
  branch: 'main',
  credentialsId: 'git-push',
  poll: 'H/5 * * * *',
  baseImageSchedule: 'H 3 * * *',
};
