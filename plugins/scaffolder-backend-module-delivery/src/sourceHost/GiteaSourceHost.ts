// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  getGiteaRequestOptions,
  type GiteaIntegration,
} from '@backstage/integration';
import { z } from 'zod';
import { encodePath } from './encodePath';
import { fileText } from './fileText';
import { giteaPullRequests } from './giteaPullRequests';
import { HostApi, type HostRequest } from './HostApi';
import { PortalGit } from './PortalGit';
import type { PullRequests } from './proposeFiles';
import type {
  Publication,
  RepositoryAddress,
  RepositoryBranch,
  RepositoryName,
  SourceHost,
  SourceRepository,
} from './SourceHost';

const repositorySchema = z.looseObject({
  clone_url: z.url(),
  html_url: z.url(),
  default_branch: z.string(),
  empty: z.boolean(),
});

const userSchema = z.looseObject({ login: z.string() });

/**
 * A Gitea, or a Forgejo, through its REST API and Git.
 *
 * @remarks
 * Not through `publish:gitea`, which cannot go on with a repository that is there and empty.
 * Files of a pull request are committed through Git, because the REST API makes every new
 * file one that cannot be executed.
 */
export class GiteaSourceHost implements SourceHost {
  readonly type = 'gitea';
  readonly host: string;
  readonly apiUrl: string;
  readonly #baseUrl: string;
  readonly #gitea: GiteaIntegration;
  readonly #api: HostApi;
  readonly #git: PortalGit;

  constructor(options: { config: Config; gitea: GiteaIntegration }) {
    const {
      host,
      baseUrl = `https://${host}`,
      username = 'portal',
      password,
    } = options.gitea.config;
    const section = 'integrations.gitea';
    this.host = host;
    this.apiUrl = `${baseUrl}/api/v1`;
    this.#baseUrl = baseUrl;
    this.#gitea = options.gitea;
    this.#api = new HostApi({ host, baseUrl: this.apiUrl, section });
    this.#git = new PortalGit({
      host,
      section,
      config: options.config,
      // A token is taken as a password, with any user name.
      credentials: async () => (password ? { username, password } : undefined),
    });
  }

  addressOf(wanted: RepositoryBranch): RepositoryAddress {
    const { organisation, repository, branch } = wanted;
    const url = `${this.#baseUrl}/${organisation}/${repository}`;
    return addressAt(`${url}.git`, url, branch);
  }

  async checkOrganisation(name: string, signal?: AbortSignal): Promise<void> {
    const path = encodeURIComponent(name);
    const found =
      (await this.#send(`/orgs/${path}`, { signal })) ??
      (await this.#send(`/users/${path}`, { signal }));
    if (found === undefined) {
      throw new NotFoundError(
        `There is no organisation or user '${name}' on ${this.host}, or the portal may not see it`,
      );
    }
  }

  async findRepository(
    wanted: RepositoryBranch,
    signal?: AbortSignal,
  ): Promise<SourceRepository | undefined> {
    const answer = await this.#send(repositoryPath(wanted), { signal });
    if (answer === undefined) {
      return undefined;
    }
    const { clone_url, html_url, default_branch, empty } =
      repositorySchema.parse(answer);
    const entity = empty
      ? undefined
      : await this.readText(wanted, 'catalog-info.yaml', signal);
    return {
      ...addressAt(clone_url, html_url, wanted.branch),
      filled: entity !== undefined,
      ...(empty ? {} : { defaultBranch: default_branch }),
    };
  }

  async readText(
    wanted: RepositoryBranch,
    path: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const file = `${repositoryPath(wanted)}/contents/${encodePath(
      path,
    )}?ref=${encodeURIComponent(wanted.branch)}`;
    return fileText(await this.#send(file, { signal }));
  }

  async publish(
    publication: Publication,
  ): Promise<RepositoryAddress & { commitHash?: string }> {
    return this.#git.publish({
      publication,
      planned: this.addressOf(publication),
      create: () => this.#create(publication),
    });
  }

  pullRequests(wanted: RepositoryName, signal?: AbortSignal): PullRequests {
    return giteaPullRequests({
      repository: repositoryPath(wanted),
      send: (path, request) => this.#send(path, { ...request, signal }),
      readText: (branch, path) =>
        this.readText({ ...wanted, branch }, path, signal),
      commit: change => {
        const { remoteUrl } = this.addressOf({ ...wanted, ...change });
        return this.#git.commit(remoteUrl, change);
      },
    });
  }

  async #create(publication: Publication): Promise<RepositoryAddress> {
    const { organisation, repository, description, branch, surroundings } =
      publication;
    const { signal } = surroundings;
    const { clone_url, html_url } = repositorySchema.parse(
      await this.#send(await this.#owned(organisation, signal), {
        method: 'POST',
        body: {
          name: repository,
          private: true,
          default_branch: branch,
          ...(description ? { description } : {}),
        },
        signal,
      }),
    );
    return addressAt(clone_url, html_url, branch);
  }

  /** Where repositories of an organisation, or of the portal's own user, are made. */
  async #owned(owner: string, signal?: AbortSignal): Promise<string> {
    const path = `/orgs/${encodeURIComponent(owner)}`;
    if ((await this.#send(path, { signal })) !== undefined) {
      return `${path}/repos`;
    }
    const { login } = userSchema.parse(await this.#send('/user', { signal }));
    if (login.toLowerCase() !== owner.toLowerCase()) {
      throw new InputError(
        `There is no organisation '${owner}' on ${this.host}, and for users the portal can make repositories of '${login}' only, as whom it is signed in`,
      );
    }
    return '/user/repos';
  }

  #send(
    path: string,
    request: HostRequest & { signal?: AbortSignal },
  ): Promise<unknown> {
    const { headers = {} } = getGiteaRequestOptions(this.#gitea.config);
    return this.#api.send(path, { ...request, headers });
  }
}

function repositoryPath({ organisation, repository }: RepositoryName): string {
  return `/repos/${encodeURIComponent(organisation)}/${encodeURIComponent(
    repository,
  )}`;
}

function addressAt(
  remoteUrl: string,
  webUrl: string,
  branch: string,
): RepositoryAddress {
  return { remoteUrl, repoContentsUrl: `${webUrl}/src/branch/${branch}` };
}
