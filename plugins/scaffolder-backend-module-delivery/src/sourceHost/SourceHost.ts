// SPDX-License-Identifier: Apache-2.0
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type { SourceHostType } from 'backstage-plugin-delivery-common';
import type { PullRequests } from './proposeFiles';

/** Where a repository is. */
export type RepositoryAddress = {
  /** Where Git finds it. */
  remoteUrl: string;
  /** What `catalog:register` takes. */
  repoContentsUrl: string;
};

/** A repository that exists. */
export type SourceRepository = RepositoryAddress & {
  /** Whether its branch has a catalog entity. */
  filled: boolean;
  defaultBranch?: string;
};

/** A repository by its name. */
export type RepositoryName = {
  /** The organisation, user or group; a subgroup is written `group/subgroup`. */
  organisation: string;
  repository: string;
};

/** A branch of a repository. */
export type RepositoryBranch = RepositoryName & { branch: string };

/** What a running action has of the scaffolder. */
export type Surroundings = Omit<ActionContext<JsonObject>, 'input' | 'output'>;

/** A folder of the workspace that is to become the content of a repository. */
export type Publication = RepositoryBranch & {
  description?: string;
  sourcePath: string;
  commitMessage: string;
  /** The repository when it is there already, and empty. */
  existing?: SourceRepository;
  surroundings: Surroundings;
};

/**
 * A configured host on which the repositories of services are, of whatever type.
 *
 * @remarks
 * All of it throws NotAllowedError when the host refuses the portal's credentials, and
 * ForwardedError when it cannot be reached.
 */
export interface SourceHost {
  readonly type: SourceHostType;
  readonly host: string;
  /** Its REST API, without a slash at the end; builds tell it how they ended. */
  readonly apiUrl: string;

  /** Where a repository would be, before it is made. */
  addressOf(branch: RepositoryBranch): RepositoryAddress;

  /**
   * Makes sure that repositories can be made for an organisation, user or group.
   *
   * @throws NotFoundError when there is none of that name; InputError when the host has no
   * such names.
   */
  checkOrganisation(name: string, signal?: AbortSignal): Promise<void>;

  /** A repository, or undefined when there is none of that name. */
  findRepository(
    branch: RepositoryBranch,
    signal?: AbortSignal,
  ): Promise<SourceRepository | undefined>;

  /** The text of a file on a branch, or undefined when there is none. */
  readText(
    branch: RepositoryBranch,
    path: string,
    signal?: AbortSignal,
  ): Promise<string | undefined>;

  /** The pull requests of a repository. */
  pullRequests(repository: RepositoryName, signal?: AbortSignal): PullRequests;

  /** Makes a repository of a folder of the workspace, or fills one that is empty. */
  publish(
    publication: Publication,
  ): Promise<RepositoryAddress & { commitHash?: string }>;
}
