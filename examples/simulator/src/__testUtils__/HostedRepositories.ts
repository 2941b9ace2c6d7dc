// SPDX-License-Identifier: Apache-2.0
import type { GitRepository } from './GitRepository';
import { onAzure } from './hosted/onAzure';
import { onBitbucketCloud } from './hosted/onBitbucketCloud';
import { onBitbucketServer } from './hosted/onBitbucketServer';
import { onGitea } from './hosted/onGitea';
import { onGithub } from './hosted/onGithub';
import { onGitlab } from './hosted/onGitlab';
import type { TestPortal } from './usePortal';

/** Where the simulated hosts are. */
export type World = Pick<TestPortal, 'simulator'>;

/** A pull or merge request, as a test sees it. */
export interface SeenPull {
  state: string;
  head: string;
  base: string;
  body: string;
  url: string;
}

/** A commit status, as a test sees it. */
export type SeenStatus = { name: string; status: string };

/** What a test does with repositories, whichever host they are on. */
export interface HostedRepositories {
  /** What the form calls the host. */
  sourceHost: string;
  organisation: string;
  /** Where a file of the branch `main` is, or all of them, for the catalog. */
  contents(repository: string, path?: string): string;
  /** Makes a repository, which is empty when it gets no files. */
  make(repository: string, files: Record<string, string>): Promise<void>;
  read(
    repository: string,
    path: string,
    ref: string,
  ): Promise<string | undefined>;
  gitUrl(repository: string): string;
  /** Where people look at a commit. */
  commit(repository: string, id: string): string;
  /** The repository as somebody with a checkout sees it. */
  checkout(repository: string): GitRepository;
  pulls(repository: string): Promise<SeenPull[]>;
  /** What the builds said of the newest commit of a branch. */
  statuses(repository: string, branch: string): Promise<SeenStatus[]>;
  /** Adds a file to a branch, as a person would. */
  add(repository: string, path: string, branch: string): Promise<void>;
  /** Changes a file on a branch, as a person would. */
  change(
    repository: string,
    path: string,
    branch: string,
    edit: (text: string) => string,
  ): Promise<void>;
  /** Merges the pull request of that number. */
  merge(repository: string, number: number): Promise<void>;
}

/** The simulated hosts. */
export const HOSTS = [
  'GitHub',
  'GitLab',
  'Gitea',
  'Azure DevOps',
  'Bitbucket Data Center',
  'Bitbucket Cloud',
] as const;

/** The repositories of each simulated host. */
export const HOSTED: Record<
  (typeof HOSTS)[number],
  (world: World) => HostedRepositories
> = {
  GitHub: onGithub,
  GitLab: onGitlab,
  Gitea: onGitea,
  'Azure DevOps': onAzure,
  'Bitbucket Data Center': onBitbucketServer,
  'Bitbucket Cloud': onBitbucketCloud,
};
