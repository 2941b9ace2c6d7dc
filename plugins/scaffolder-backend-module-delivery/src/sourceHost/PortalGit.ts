// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ForwardedError, InputError } from '@backstage/errors';
import {
  addFiles,
  cloneRepo,
  commitAndPushBranch,
  getRepoSourceDirectory,
  initRepoAndPush,
} from '@backstage/plugin-scaffolder-node';
import type { PullRequests } from './proposeFiles';
import type { Publication, RepositoryAddress } from './SourceHost';

const USER_CREDENTIALS = 'scaffolder.requireScmUserCredentials';

/** What Git says who it is with: a user name and password, or a bearer token. */
export type GitCredentials =
  | { username: string; password: string }
  | { token: string };

/**
 * Git as the portal uses it on one source host: with its own credentials, and under the name
 * that `scaffolder.defaultAuthor` gives it.
 */
export class PortalGit {
  readonly #host: string;
  readonly #section: string;
  readonly #config: Config;
  readonly #credentials: (
    remoteUrl: string,
  ) => Promise<GitCredentials | undefined>;

  constructor(options: {
    host: string;
    /** The part of the configuration that has the credentials. */
    section: string;
    config: Config;
    /** Those for an address; undefined when there are none. */
    credentials: (remoteUrl: string) => Promise<GitCredentials | undefined>;
  }) {
    this.#host = options.host;
    this.#section = options.section;
    this.#config = options.config;
    this.#credentials = options.credentials;
  }

  /**
   * Makes a repository of a folder of the workspace, or fills the one that is there and empty.
   *
   * @param options.planned - where the repository is going to be
   * @param options.create - makes it, empty, and says where it is
   * @throws InputError when the portal's own credentials must not be used; ForwardedError when
   * the repository is there and could not be filled.
   */
  async publish(options: {
    publication: Publication;
    planned: RepositoryAddress;
    create(): Promise<RepositoryAddress>;
  }): Promise<RepositoryAddress & { commitHash: string }> {
    const { publication, planned, create } = options;
    const { organisation, repository, existing, surroundings } = publication;
    if (this.#config.getOptionalBoolean(USER_CREDENTIALS)) {
      throw new InputError(
        `${USER_CREDENTIALS} is on, and repositories on ${
          this.#host
        } are made with the portal's own credentials`,
      );
    }
    const auth = await this.#auth(planned.remoteUrl);
    const { remoteUrl, repoContentsUrl } = existing ?? (await create());
    try {
      const { commitHash } = await initRepoAndPush({
        dir: getRepoSourceDirectory(
          surroundings.workspacePath,
          publication.sourcePath,
        ),
        remoteUrl,
        auth,
        logger: surroundings.logger,
        defaultBranch: publication.branch,
        commitMessage: publication.commitMessage,
        gitAuthorInfo: this.#author(),
      });
      return { remoteUrl, repoContentsUrl, commitHash };
    } catch (error) {
      throw new ForwardedError(
        `${organisation}/${repository} is on ${
          this.#host
        }, and nothing could be pushed to it`,
        error,
      );
    }
  }

  /**
   * Adds one commit to a branch of a repository, for hosts whose REST API cannot add several
   * files at once, or forgets which of them are executable.
   *
   * @throws ForwardedError when it cannot be cloned or pushed.
   */
  async commit(
    remoteUrl: string,
    wanted: Parameters<PullRequests['commit']>[0],
  ): Promise<void> {
    const { branch, startBranch, message, changes } = wanted;
    const auth = await this.#auth(remoteUrl);
    const dir = await mkdtemp(join(tmpdir(), 'delivery-commit-'));
    try {
      await cloneRepo({
        url: remoteUrl,
        dir,
        auth,
        ref: startBranch ?? branch,
      });
      for (const { path: filepath, content, executable } of changes) {
        const file = resolveSafeChildPath(dir, filepath);
        await mkdir(dirname(file), { recursive: true });
        // A file that is there keeps its mode unless it is made anew.
        await rm(file, { force: true });
        await writeFile(file, content, { mode: executable ? 0o755 : 0o644 });
        await addFiles({ dir, auth, filepath });
      }
      await commitAndPushBranch({
        dir,
        auth,
        commitMessage: message,
        gitAuthorInfo: this.#author(),
        branch,
      });
    } catch (error) {
      throw new ForwardedError(
        `The branch ${branch} of ${remoteUrl} could not be changed`,
        error,
      );
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }

  async #auth(remoteUrl: string): Promise<GitCredentials> {
    const credentials = await this.#credentials(remoteUrl);
    if (!credentials) {
      throw new InputError(
        `There are no credentials for ${this.#host} in ${this.#section}`,
      );
    }
    return credentials;
  }

  #author() {
    const author = this.#config.getOptionalConfig('scaffolder.defaultAuthor');
    return {
      name: author?.getOptionalString('name'),
      email: author?.getOptionalString('email'),
    };
  }
}
