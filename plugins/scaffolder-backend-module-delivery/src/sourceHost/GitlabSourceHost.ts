// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import {
  getGitLabRequestOptions,
  type GitLabIntegration,
} from '@backstage/integration';
import { z } from 'zod';
import { fileText } from './fileText';
import { gitlabPullRequests } from './gitlabPullRequests';
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

const namespaceSchema = z.looseObject({ id: z.number() });

const projectSchema = z.looseObject({
  http_url_to_repo: z.url(),
  web_url: z.url(),
  default_branch: z.string().nullish(),
});

/**
 * A GitLab, self-managed or gitlab.com, through its REST API and Git.
 *
 * @remarks
 * Not through `publish:gitlab`, which cannot go on with a project that is there and empty.
 */
export class GitlabSourceHost implements SourceHost {
  readonly type = 'gitlab';
  readonly host: string;
  readonly apiUrl: string;
  readonly #gitlab: GitLabIntegration;
  readonly #api: HostApi;
  readonly #git: PortalGit;

  constructor(options: { config: Config; gitlab: GitLabIntegration }) {
    const { host, apiBaseUrl, token } = options.gitlab.config;
    const section = 'integrations.gitlab';
    this.host = host;
    this.apiUrl = apiBaseUrl;
    this.#gitlab = options.gitlab;
    this.#api = new HostApi({ host, baseUrl: apiBaseUrl, section });
    this.#git = new PortalGit({
      host,
      section,
      config: options.config,
      credentials: async () =>
        token ? { username: 'oauth2', password: token } : undefined,
    });
  }

  addressOf(wanted: RepositoryBranch): RepositoryAddress {
    const { organisation, repository, branch } = wanted;
    const url = `${this.#gitlab.config.baseUrl}/${organisation}/${repository}`;
    return addressAt(`${url}.git`, url, branch);
  }

  async checkOrganisation(name: string, signal?: AbortSignal): Promise<void> {
    await this.#namespace(name, signal);
  }

  async findRepository(
    wanted: RepositoryBranch,
    signal?: AbortSignal,
  ): Promise<SourceRepository | undefined> {
    const answer = await this.#send(projectPath(wanted), { signal });
    if (answer === undefined) {
      return undefined;
    }
    const { http_url_to_repo, web_url, default_branch } =
      projectSchema.parse(answer);
    const entity = await this.readText(wanted, 'catalog-info.yaml', signal);
    return {
      ...addressAt(http_url_to_repo, web_url, wanted.branch),
      filled: entity !== undefined,
      ...(default_branch ? { defaultBranch: default_branch } : {}),
    };
  }

  async readText(
    wanted: RepositoryBranch,
    path: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const file = `${projectPath(wanted)}/repository/files/${encodeURIComponent(
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
    return gitlabPullRequests({
      project: projectPath(wanted),
      send: (path, request) => this.#send(path, { ...request, signal }),
      readText: (branch, path) =>
        this.readText({ ...wanted, branch }, path, signal),
    });
  }

  async #create(publication: Publication): Promise<RepositoryAddress> {
    const { organisation, repository, description, branch, surroundings } =
      publication;
    const { signal } = surroundings;
    const { id } = await this.#namespace(organisation, signal);
    const { http_url_to_repo, web_url } = projectSchema.parse(
      await this.#send('/projects', {
        method: 'POST',
        body: {
          name: repository,
          path: repository,
          namespace_id: id,
          visibility: 'private',
          ...(description ? { description } : {}),
        },
        signal,
      }),
    );
    return addressAt(http_url_to_repo, web_url, branch);
  }

  async #namespace(
    name: string,
    signal?: AbortSignal,
  ): Promise<z.infer<typeof namespaceSchema>> {
    const answer = await this.#send(`/namespaces/${encodeURIComponent(name)}`, {
      signal,
    });
    if (answer === undefined) {
      throw new NotFoundError(
        `There is no group or user '${name}' on ${this.host}, or the portal may not see it`,
      );
    }
    return namespaceSchema.parse(answer);
  }

  #send(
    path: string,
    request: HostRequest & { signal?: AbortSignal },
  ): Promise<unknown> {
    const { headers } = getGitLabRequestOptions(this.#gitlab.config);
    return this.#api.send(path, { ...request, headers });
  }
}

function projectPath({ organisation, repository }: RepositoryName): string {
  return `/projects/${encodeURIComponent(`${organisation}/${repository}`)}`;
}

function addressAt(
  remoteUrl: string,
  webUrl: string,
  branch: string,
): RepositoryAddress {
  return { remoteUrl, repoContentsUrl: `${webUrl}/-/blob/${branch}` };
}
