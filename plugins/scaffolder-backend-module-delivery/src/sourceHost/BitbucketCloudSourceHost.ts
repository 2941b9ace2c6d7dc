// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  getBitbucketCloudOAuthToken,
  getBitbucketCloudRequestOptions,
  type BitbucketCloudIntegration,
  type BitbucketCloudIntegrationConfig,
} from '@backstage/integration';
import { bitbucketCloudPullRequests } from './bitbucketCloudPullRequests';
import { encodePath } from './encodePath';
import { findBitbucketCloudBranch } from './findBitbucketCloudBranch';
import { HostApi, type HostRequest, type Send } from './HostApi';
import { PortalGit, type GitCredentials } from './PortalGit';
import type { PullRequests } from './proposeFiles';
import type {
  Publication,
  RepositoryAddress,
  RepositoryBranch,
  RepositoryName,
  SourceHost,
  SourceRepository,
} from './SourceHost';

/** The name under which Git takes the token of a repository, project, workspace or client. */
const ACCESS_TOKEN_USER = 'x-token-auth';
/** The same for the API token of a person, who is asked for by e-mail address elsewhere. */
const API_TOKEN_USER = 'x-bitbucket-api-token-auth';

const ORGANISATION = /^([a-z0-9_-]+)(?:\/([A-Za-z][A-Za-z0-9_]*))?$/;

/**
 * Bitbucket Cloud, through its REST API and Git; an organisation is a workspace, or
 * `workspace/PROJECT` where repositories are to be made in a certain project.
 *
 * @remarks
 * Not through `publish:bitbucketCloud`, which cannot go on with a repository that is there and
 * empty. Files of a pull request are committed through Git, because the REST API forgets which
 * of them are executable.
 */
export class BitbucketCloudSourceHost implements SourceHost {
  readonly type = 'bitbucketCloud';
  readonly host: string;
  readonly apiUrl: string;
  readonly #bitbucket: BitbucketCloudIntegrationConfig;
  readonly #api: HostApi;
  readonly #git: PortalGit;

  constructor(options: {
    config: Config;
    bitbucket: BitbucketCloudIntegration;
  }) {
    const { config } = options.bitbucket;
    const section = 'integrations.bitbucketCloud';
    this.host = config.host;
    this.apiUrl = config.apiBaseUrl;
    this.#bitbucket = config;
    this.#api = new HostApi({ host: this.host, baseUrl: this.apiUrl, section });
    this.#git = new PortalGit({
      host: this.host,
      section,
      config: options.config,
      credentials: () => gitCredentials(config),
    });
  }

  addressOf(wanted: RepositoryBranch): RepositoryAddress {
    const { workspace } = partsOf(wanted.organisation);
    const url = `https://${this.host}/${workspace}/${wanted.repository}`;
    return {
      remoteUrl: `${url}.git`,
      repoContentsUrl: `${url}/src/${wanted.branch}`,
    };
  }

  async checkOrganisation(name: string, signal?: AbortSignal): Promise<void> {
    if (!ORGANISATION.test(name)) {
      throw new InputError(
        `organisation must be a workspace on ${this.host}, or workspace/PROJECT, not '${name}'`,
      );
    }
    const { workspace, project } = partsOf(name);
    const found = await this.#send(`/repositories/${workspace}?pagelen=1`, {
      signal,
    });
    if (found === undefined) {
      throw new NotFoundError(
        `There is no workspace '${workspace}' on ${this.host}, or the portal may not see it`,
      );
    }
    const path = `/workspaces/${workspace}/projects/${project}`;
    if (project && (await this.#send(path, { signal })) === undefined) {
      throw new NotFoundError(
        `There is no project '${project}' in the workspace '${workspace}' on ${this.host}`,
      );
    }
  }

  async findRepository(
    wanted: RepositoryBranch,
    signal?: AbortSignal,
  ): Promise<SourceRepository | undefined> {
    if ((await this.#send(repositoryPath(wanted), { signal })) === undefined) {
      return undefined;
    }
    const defaultBranch = await this.pullRequests(
      wanted,
      signal,
    ).defaultBranch();
    const entity = await this.readText(wanted, 'catalog-info.yaml', signal);
    return {
      ...this.addressOf(wanted),
      filled: entity !== undefined,
      ...(defaultBranch ? { defaultBranch } : {}),
    };
  }

  async readText(
    wanted: RepositoryBranch,
    path: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const { branch } = wanted;
    const repository = repositoryPath(wanted);
    // A slash in the name of a branch would be taken for the beginning of the path.
    const ref = branch.includes('/')
      ? (
          await findBitbucketCloudBranch({
            repository,
            branch,
            send: this.#sender(signal),
          })
        )?.target.hash
      : branch;
    return (
      ref &&
      this.#api.read(`${repository}/src/${ref}/${encodePath(path)}`, {
        headers: await this.#headers(),
        signal,
      })
    );
  }

  publish(
    publication: Publication,
  ): Promise<RepositoryAddress & { commitHash?: string }> {
    return this.#git.publish({
      publication,
      planned: this.addressOf(publication),
      create: () => this.#create(publication),
    });
  }

  pullRequests(wanted: RepositoryName, signal?: AbortSignal): PullRequests {
    return bitbucketCloudPullRequests({
      repository: repositoryPath(wanted),
      send: this.#sender(signal),
      readText: (branch, path) =>
        this.readText({ ...wanted, branch }, path, signal),
      commit: change => {
        const { remoteUrl } = this.addressOf({ ...wanted, ...change });
        return this.#git.commit(remoteUrl, change);
      },
    });
  }

  async #create(publication: Publication): Promise<RepositoryAddress> {
    const { organisation, description, surroundings } = publication;
    const { project } = partsOf(organisation);
    await this.#send(repositoryPath(publication), {
      method: 'POST',
      body: {
        scm: 'git',
        is_private: true,
        ...(project ? { project: { key: project } } : {}),
        ...(description ? { description } : {}),
      },
      signal: surroundings.signal,
    });
    return this.addressOf(publication);
  }

  async #headers(): Promise<Record<string, string>> {
    return (await getBitbucketCloudRequestOptions(this.#bitbucket)).headers;
  }

  #sender(signal?: AbortSignal): Send {
    return (path, request) => this.#send(path, { ...request, signal });
  }

  async #send(
    path: string,
    request: HostRequest & { signal?: AbortSignal },
  ): Promise<unknown> {
    return this.#api.send(path, {
      ...request,
      headers: await this.#headers(),
    });
  }
}

/** What Git takes in place of what the REST API takes. */
async function gitCredentials(
  config: BitbucketCloudIntegrationConfig,
): Promise<GitCredentials | undefined> {
  const { username, appPassword, token, clientId, clientSecret } = config;
  if (clientId && clientSecret) {
    return {
      username: ACCESS_TOKEN_USER,
      password: await getBitbucketCloudOAuthToken(clientId, clientSecret),
    };
  }
  if (username && token) {
    return {
      username: username.includes('@') ? API_TOKEN_USER : username,
      password: token,
    };
  }
  return username && appPassword
    ? { username, password: appPassword }
    : undefined;
}

function partsOf(organisation: string): {
  workspace: string;
  project?: string;
} {
  const [workspace, project] = organisation.split('/');
  return { workspace, project };
}

function repositoryPath({ organisation, repository }: RepositoryName): string {
  const { workspace } = partsOf(organisation);
  return `/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(
    repository,
  )}`;
}
