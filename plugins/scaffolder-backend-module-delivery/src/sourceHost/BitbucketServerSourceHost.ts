// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  getBitbucketServerRequestOptions,
  type BitbucketServerIntegration,
} from '@backstage/integration';
import { z } from 'zod';
import { encodePath } from './encodePath';
import { bitbucketServerPullRequests } from './bitbucketServerPullRequests';
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

const PROJECT_KEY = /^[A-Za-z][A-Za-z0-9_-]{0,127}$/;

const repositorySchema = z.looseObject({
  links: z.looseObject({
    clone: z.array(z.looseObject({ href: z.string(), name: z.string() })),
    self: z.tuple([z.looseObject({ href: z.url() })]).rest(z.unknown()),
  }),
});

/**
 * A Bitbucket Data Center, or a Bitbucket Server from 7.5, through its REST API and Git; an
 * organisation is a project, by its key.
 *
 * @remarks
 * Not through `publish:bitbucketServer`, which cannot go on with a repository that is there and
 * empty. Files of a pull request are committed through Git, because the REST API makes one
 * commit of each file.
 */
export class BitbucketServerSourceHost implements SourceHost {
  readonly type = 'bitbucketServer';
  readonly host: string;
  readonly apiUrl: string;
  readonly #headers: Record<string, string>;
  readonly #api: HostApi;
  readonly #git: PortalGit;

  constructor(options: {
    config: Config;
    bitbucket: BitbucketServerIntegration;
  }) {
    const { config } = options.bitbucket;
    const { host, apiBaseUrl, token, username, password } = config;
    const section = 'integrations.bitbucketServer';
    this.host = host;
    this.apiUrl = apiBaseUrl ?? `https://${host}/rest/api/1.0`;
    this.#headers = getBitbucketServerRequestOptions(config).headers;
    this.#api = new HostApi({ host, baseUrl: this.apiUrl, section });
    this.#git = new PortalGit({
      host,
      section,
      config: options.config,
      credentials: async () => {
        if (token) {
          return { token };
        }
        return username && password ? { username, password } : undefined;
      },
    });
  }

  addressOf(wanted: RepositoryBranch): RepositoryAddress {
    const { organisation, repository, branch } = wanted;
    const base = this.apiUrl.replace(/\/rest\/api\/[^/]+$/, '');
    return addressAt(
      `${base}/scm/${organisation.toLowerCase()}/${repository}.git`,
      `${base}/projects/${organisation}/repos/${repository}/browse`,
      branch,
    );
  }

  async checkOrganisation(name: string, signal?: AbortSignal): Promise<void> {
    if (!PROJECT_KEY.test(name)) {
      throw new InputError(
        `organisation must be the key of a project on ${this.host}, not '${name}'`,
      );
    }
    const project = await this.#send(`/projects/${name}`, { signal });
    if (project === undefined) {
      throw new NotFoundError(
        `There is no project with the key '${name}' on ${this.host}`,
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
    const defaultBranch = await this.pullRequests(
      wanted,
      signal,
    ).defaultBranch();
    const entity = await this.readText(wanted, 'catalog-info.yaml', signal);
    return {
      ...addressIn(answer, wanted.branch),
      filled: entity !== undefined,
      ...(defaultBranch ? { defaultBranch } : {}),
    };
  }

  readText(
    wanted: RepositoryBranch,
    path: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const file = encodePath(path);
    const at = encodeURIComponent(`refs/heads/${wanted.branch}`);
    return this.#api.read(`${repositoryPath(wanted)}/raw/${file}?at=${at}`, {
      headers: this.#headers,
      signal,
    });
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
    return bitbucketServerPullRequests({
      repository: wanted,
      path: repositoryPath(wanted),
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
    const made = await this.#send(`/projects/${organisation}/repos`, {
      method: 'POST',
      body: {
        name: repository,
        scmId: 'git',
        defaultBranch: branch,
        public: false,
        ...(description ? { description } : {}),
      },
      signal: surroundings.signal,
    });
    return addressIn(made, branch);
  }

  #send(
    path: string,
    request: HostRequest & { signal?: AbortSignal },
  ): Promise<unknown> {
    return this.#api.send(path, { ...request, headers: this.#headers });
  }
}

function repositoryPath({ organisation, repository }: RepositoryName): string {
  return `/projects/${encodeURIComponent(
    organisation,
  )}/repos/${encodeURIComponent(repository)}`;
}

/** Where a repository is, as the REST API says. */
function addressIn(answer: unknown, branch: string): RepositoryAddress {
  const { clone, self } = repositorySchema.parse(answer).links;
  const http = clone.find(({ name }) => /^https?$/.test(name));
  if (!http) {
    throw new InputError(
      'Bitbucket lets nobody clone over HTTP; turn it on in its server settings',
    );
  }
  return addressAt(http.href, self[0].href, branch);
}

function addressAt(
  remoteUrl: string,
  contentsUrl: string,
  branch: string,
): RepositoryAddress {
  return {
    remoteUrl,
    repoContentsUrl: `${contentsUrl}?at=${encodeURIComponent(branch)}`,
  };
}
