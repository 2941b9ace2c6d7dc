// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  DefaultAzureDevOpsCredentialsProvider,
  type AzureDevOpsCredentialsProvider,
  type AzureIntegration,
  type ScmIntegrations,
} from '@backstage/integration';
import { addressOfFile } from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { azurePullRequests } from './azurePullRequests';
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

const VERSION = 'api-version=7.1';
const ORGANISATION = /^(.+)\/([^/]+)$/;
const LOOPBACK = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

const repositorySchema = z.looseObject({
  webUrl: z.url(),
  defaultBranch: z.string().optional(),
});

/**
 * Azure DevOps, in the cloud or on a server, through its REST API and Git; the organisation of
 * a repository is written `organisation/project`.
 *
 * @remarks
 * Files of a pull request are committed through Git, because the REST API cannot make one
 * that is executable.
 */
export class AzureSourceHost implements SourceHost {
  readonly type = 'azure';
  readonly host: string;
  readonly apiUrl: string;
  readonly #credentials: AzureDevOpsCredentialsProvider;
  readonly #api: HostApi;
  readonly #git: PortalGit;

  constructor(options: {
    config: Config;
    integrations: ScmIntegrations;
    azure: AzureIntegration;
  }) {
    const { host } = options.azure.config;
    const section = 'integrations.azure';
    this.host = host;
    // The integration knows a host only, and nobody but this machine listens in on itself.
    this.apiUrl = `${LOOPBACK.test(host) ? 'http' : 'https'}://${host}`;
    this.#credentials = DefaultAzureDevOpsCredentialsProvider.fromIntegrations(
      options.integrations,
    );
    this.#api = new HostApi({ host, baseUrl: this.apiUrl, section });
    this.#git = new PortalGit({
      host,
      section,
      config: options.config,
      credentials: async url => {
        const found = await this.#credentials.getCredentials({ url });
        return found?.type === 'pat'
          ? { username: 'portal', password: found.token }
          : found && { token: found.token };
      },
    });
  }

  addressOf(wanted: RepositoryBranch): RepositoryAddress {
    const { organisation, repository, branch } = wanted;
    const url = `${this.apiUrl}/${organisation}/_git/${repository}`;
    return {
      remoteUrl: url,
      repoContentsUrl: addressOfFile({
        type: this.type,
        repository: url,
        at: { branch },
        path: '',
      }),
    };
  }

  async checkOrganisation(name: string, signal?: AbortSignal): Promise<void> {
    const [, organisation, project] = ORGANISATION.exec(name) ?? [];
    if (!project) {
      throw new InputError(
        `organisation must name a project of an organisation on ${this.host}, written organisation/project, not '${name}'`,
      );
    }
    const path = `/${organisation}/_apis/projects/${project}?${VERSION}`;
    if (
      (await this.#send(path, { organisation: name, signal })) === undefined
    ) {
      throw new NotFoundError(
        `There is no project '${name}' on ${this.host}, or the portal may not see it`,
      );
    }
  }

  async findRepository(
    wanted: RepositoryBranch,
    signal?: AbortSignal,
  ): Promise<SourceRepository | undefined> {
    const { organisation } = wanted;
    const answer = await this.#send(`${repositoryPath(wanted)}?${VERSION}`, {
      organisation,
      signal,
    });
    if (answer === undefined) {
      return undefined;
    }
    const { defaultBranch } = repositorySchema.parse(answer);
    const entity = defaultBranch
      ? await this.readText(wanted, 'catalog-info.yaml', signal)
      : undefined;
    return {
      ...this.addressOf(wanted),
      filled: entity !== undefined,
      ...(defaultBranch
        ? { defaultBranch: defaultBranch.replace(/^refs\/heads\//, '') }
        : {}),
    };
  }

  async readText(
    wanted: RepositoryBranch,
    path: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const query = new URLSearchParams({
      path: `/${path}`,
      'versionDescriptor.versionType': 'branch',
      'versionDescriptor.version': wanted.branch,
      'api-version': '7.1',
    });
    const { organisation } = wanted;
    return this.#api.read(`${repositoryPath(wanted)}/items?${query}`, {
      headers: {
        ...(await this.#headers(organisation)),
        accept: 'text/plain',
      },
      signal,
    });
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
    const { organisation } = wanted;
    const { remoteUrl } = this.addressOf({ ...wanted, branch: 'main' });
    return azurePullRequests({
      repository: repositoryPath(wanted),
      webUrl: remoteUrl,
      send: (path, request) =>
        this.#send(path, { ...request, organisation, signal }),
      readText: (branch, path) =>
        this.readText({ ...wanted, branch }, path, signal),
      commit: change => this.#git.commit(remoteUrl, change),
    });
  }

  async #create(publication: Publication): Promise<RepositoryAddress> {
    const { organisation, repository, surroundings } = publication;
    const { signal } = surroundings;
    await this.checkOrganisation(organisation, signal);
    await this.#send(`/${organisation}/_apis/git/repositories?${VERSION}`, {
      method: 'POST',
      body: { name: repository },
      organisation,
      signal,
    });
    return this.addressOf(publication);
  }

  async #headers(organisation: string): Promise<Record<string, string>> {
    const credentials = await this.#credentials.getCredentials({
      url: `${this.apiUrl}/${organisation}`,
    });
    return { ...credentials?.headers, accept: 'application/json' };
  }

  async #send(
    path: string,
    request: HostRequest & { organisation: string; signal?: AbortSignal },
  ): Promise<unknown> {
    const { organisation, ...rest } = request;
    const headers = await this.#headers(organisation);
    return this.#api.send(path, { ...rest, headers });
  }
}

function repositoryPath({ organisation, repository }: RepositoryName): string {
  return `/${organisation}/_apis/git/repositories/${repository}`;
}
