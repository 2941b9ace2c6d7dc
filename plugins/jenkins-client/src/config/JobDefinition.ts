// SPDX-License-Identifier: Apache-2.0

/**
 * What we ask of a Jenkins job whose Jenkinsfile lies in a Git repository.
 *
 * @public
 */
export type JobDefinition = {
  /** Plain text for people; written when the job is created and theirs from then on. */
  description?: string;
  /** The repository's clone address, without credentials. */
  gitUrl: string;
  /** The branch that is built, such as `main`. */
  branch: string;
  /** Path of the Jenkinsfile in the repository; `Jenkinsfile` when absent. */
  scriptPath?: string;
  /** The id under which the Jenkins controller keeps the Git credentials. */
  credentialsId?: string;
  triggers?: {
    /** Build when GitHub reports a push to the repository. */
    githubPush?: boolean;
    /** How often to ask the repository for new commits, in Jenkins' cron syntax. */
    poll?: string;
    /** When to build without a new commit, in Jenkins' cron syntax. */
    cron?: string;
  };
};
