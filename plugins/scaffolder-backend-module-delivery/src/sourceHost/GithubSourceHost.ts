// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type GithubIntegration,
  type ScmIntegrations,
} from '@backstage/integration';
import {
  createGithubRepoPushAction,
  createPublishGithubAction,
} from '@backstage/plugin-scaffolder-backend-module-github';
import { z } from 'zod';
import { fileText } from './fileText';
import { githubPullRequests } from './githubPullRequests';
import { HostApi, type HostRequest } from './HostApi';
import type { PullRequests } from './proposeFiles';
import type {
  Publication,
  RepositoryAddress,
  RepositoryBranch,
  RepositoryName,
  SourceHost,
  SourceRepository,
} from './SourceHost';

const OWNER = /^[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/;

const repositorySchema = z.looseObject({
  clone_url: z.url(),
  html_url: z.url(),
  default_branch: z.string().optional(),
});

const publishedSchema = z.object({
  remoteUrl: z.string(),
  repoContentsUrl: z.string(),
  commitHash: z.string().optional(),
});

/**
 * A GitHub; repositories are made with Backstage's own actions.
 *
 * @remarks
 * Pull requests are not, because `publish:github:pull-request` begins their branch anew each
 * time and so drops what people added to it.
 */
export class GithubSourceHost implements SourceHost {
  readonly type = 'github';
  readonly host: string;
  readonly apiUrl: string;
  readonly #config: Config;
  readonly #integrations: ScmIntegrations;
  readonly #api: HostApi;

  constructor(options: {
    config: Config;
    integrations: ScmIntegrations;
    github: GithubIntegration;
  }) {
    const { host, apiBaseUrl } = options.github.config;
    this.host = host;
    this.apiUrl = apiBaseUrl ?? `https://${host}/api/v3`;
    this.#config = options.config;
    this.#integrations = options.integrations;
    this.#api = new HostApi({
      host,
      baseUrl: this.apiUrl,
      section: 'integrations.github',
    });
  }

  addressOf(wanted: RepositoryBranch): RepositoryAddress {
    const { organisation, repository, branch } = wanted;
    const url = `https://${this.host}/${organisation}/${repository}`;
    return {
      remoteUrl: `${url}.git`,
      repoContentsUrl: `${url}/blob/${branch}`,
    };
  }

  async checkOrganisation(name: string, signal?: AbortSignal): Promise<void> {
    if (!OWNER.test(name)) {
      throw new InputError(
        `organisation must be the name of an organisation or user on ${this.host}, not '${name}'`,
      );
    }
    if (
      (await this.#send(`/users/${name}`, { organisation: name, signal })) ===
      undefined
    ) {
      throw new NotFoundError(
        `There is no organisation or user '${name}' on ${this.host}`,
      );
    }
  }

  async findRepository(
    wanted: RepositoryBranch,
    signal?: AbortSignal,
  ): Promise<SourceRepository | undefined> {
    const { organisation, repository, branch } = wanted;
    const path = `/repos/${organisation}/${repository}`;
    const answer = await this.#send(path, { organisation, signal });
    if (answer === undefined) {
      return undefined;
    }
    const { clone_url, html_url, default_branch } =
      repositorySchema.parse(answer);
    const entity = await this.#send(
      `${path}/contents/catalog-info.yaml?ref=${encodeURIComponent(branch)}`,
      { organisation, signal },
    );
    return {
      remoteUrl: clone_url,
      repoContentsUrl: `${html_url}/blob/${branch}`,
      filled: entity !== undefined,
      ...(default_branch ? { defaultBranch: default_branch } : {}),
    };
  }

  async readText(
    wanted: RepositoryBranch,
    path: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const { organisation, repository, branch } = wanted;
    return fileText(
      await this.#send(
        `/repos/${organisation}/${repository}/contents/${path}?ref=${encodeURIComponent(
          branch,
        )}`,
        { organisation, signal },
      ),
    );
  }

  async publish(
    publication: Publication,
  ): Promise<RepositoryAddress & { commitHash?: string }> {
    const { description, existing, surroundings } = publication;
    const options = { integrations: this.#integrations, config: this.#config };
    const input = {
      repoUrl: this.#repoUrl(publication),
      sourcePath: publication.sourcePath,
      defaultBranch: publication.branch,
      protectDefaultBranch: false,
      gitCommitMessage: publication.commitMessage,
    };
    const put = new Map<string, unknown>();
    const output = (name: string, value: unknown) => put.set(name, value);
    if (existing) {
      await createGithubRepoPushAction(options).handler({
        ...surroundings,
        input,
        output,
      });
    } else {
      await createPublishGithubAction(options).handler({
        ...surroundings,
        input: { ...input, ...(description ? { description } : {}) },
        output,
      });
    }
    return publishedSchema.parse(Object.fromEntries(put));
  }

  pullRequests(wanted: RepositoryName, signal?: AbortSignal): PullRequests {
    const { organisation, repository } = wanted;
    return githubPullRequests({
      repository: `/repos/${organisation}/${repository}`,
      organisation,
      send: (path, request) =>
        this.#send(path, { ...request, organisation, signal }),
      readText: (branch, path) =>
        this.readText({ ...wanted, branch }, path, signal),
    });
  }

  #repoUrl({ organisation, repository }: RepositoryBranch): string {
    return `${this.host}?owner=${organisation}&repo=${repository}`;
  }

  async #send(
    path: string,
    request: HostRequest & { organisation: string; signal?: AbortSignal },
  ): Promise<unknown> {
    const { organisation, ...rest } = request;
    const { headers } = await DefaultGithubCredentialsProvider.fromIntegrations(
      this.#integrations,
    ).getCredentials({ url: `https://${this.host}/${organisation}` });
    return this.#api.send(path, {
      ...rest,
      headers: { accept: 'application/vnd.github+json', ...headers },
    });
  }
}
