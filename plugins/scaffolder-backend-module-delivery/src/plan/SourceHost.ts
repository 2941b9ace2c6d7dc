// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import {
  ForwardedError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
  type GithubIntegration,
} from '@backstage/integration';
import { z } from 'zod';

const TIMEOUT_MS = 15_000;

const repositorySchema = z.looseObject({
  clone_url: z.url(),
  html_url: z.url(),
  default_branch: z.string().optional(),
});

const fileSchema = z.looseObject({
  content: z.string(),
  encoding: z.literal('base64'),
});

/** A repository that exists. */
export type SourceRepository = {
  remoteUrl: string;
  /** What `catalog:register` takes. */
  repoContentsUrl: string;
  /** Whether its branch has a catalog entity. */
  filled: boolean;
  defaultBranch?: string;
};

/** The configured GitHub host on which a service's repositories are made. */
export class SourceHost {
  readonly host: string;
  readonly #integrations: ScmIntegrations;
  readonly #github: GithubIntegration;

  private constructor(
    integrations: ScmIntegrations,
    github: GithubIntegration,
  ) {
    this.#integrations = integrations;
    this.#github = github;
    this.host = github.config.host;
  }

  /**
   * Finds a configured host: the named one, or the only one that has been configured by hand.
   *
   * @throws InputError naming the configured hosts when it is none of them.
   */
  static find(config: Config, host: string | undefined): SourceHost {
    const integrations = ScmIntegrations.fromConfig(config);
    const github = integrations.github.list();
    // Backstage adds github.com by itself, without credentials
    const usable = github.filter(
      ({ config: { token, apps } }) => token || (apps && apps.length > 0),
    );
    const found = host
      ? github.find(one => one.config.host === host)
      : usable[0] ?? github[0];
    if (found) {
      return new SourceHost(integrations, found);
    }
    const other = host ? integrations.byHost(host)?.type : undefined;
    throw new InputError(
      other
        ? `sourceHost '${host}' is of the type ${other}; this template makes repositories on GitHub only`
        : `sourceHost '${host}' is not configured; integrations.github has ${github
            .map(one => one.config.host)
            .join(', ')}`,
    );
  }

  /**
   * Makes sure that repositories can be made for an organisation or user.
   *
   * @throws NotFoundError when there is none of that name.
   */
  async checkOrganisation(name: string, signal?: AbortSignal): Promise<void> {
    const answer = await this.#get(`/users/${name}`, name, signal);
    if (answer === undefined) {
      throw new NotFoundError(
        `There is no organisation or user '${name}' on ${this.host}`,
      );
    }
  }

  /** A repository, or undefined when there is none of that name. */
  async findRepository(
    owner: string,
    name: string,
    options: { branch: string; signal?: AbortSignal },
  ): Promise<SourceRepository | undefined> {
    const { branch, signal } = options;
    const path = `/repos/${owner}/${name}`;
    const answer = await this.#get(path, owner, signal);
    if (answer === undefined) {
      return undefined;
    }
    const { clone_url, html_url, default_branch } =
      repositorySchema.parse(answer);
    const entity = await this.#get(
      `${path}/contents/catalog-info.yaml?ref=${branch}`,
      owner,
      signal,
    );
    return {
      remoteUrl: clone_url,
      repoContentsUrl: `${html_url}/blob/${branch}`,
      filled: entity !== undefined,
      ...(default_branch ? { defaultBranch: default_branch } : {}),
    };
  }

  /** The text of a file on a branch, or undefined when there is none. */
  async readText(
    owner: string,
    name: string,
    options: { path: string; branch: string; signal?: AbortSignal },
  ): Promise<string | undefined> {
    const { path, branch, signal } = options;
    const answer = await this.#get(
      `/repos/${owner}/${name}/contents/${path}?ref=${encodeURIComponent(
        branch,
      )}`,
      owner,
      signal,
    );
    const file = fileSchema.safeParse(answer);
    return file.success
      ? Buffer.from(file.data.content, 'base64').toString('utf8')
      : undefined;
  }

  async #get(
    path: string,
    owner: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const base =
      this.#github.config.apiBaseUrl ?? `https://${this.host}/api/v3`;
    const doing = `asking ${this.host} for ${path.split('?')[0]}`;
    const { headers } = await DefaultGithubCredentialsProvider.fromIntegrations(
      this.#integrations,
    ).getCredentials({ url: `https://${this.host}/${owner}` });
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    try {
      response = await fetch(`${base}${path}`, {
        headers: { accept: 'application/vnd.github+json', ...headers },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
    } catch (error) {
      throw new ForwardedError(`${this.host} cannot be reached`, error);
    }
    if (response.status === 404) {
      return undefined;
    }
    if (response.status === 401 || response.status === 403) {
      throw new NotAllowedError(
        `${this.host} refused the portal's credentials (${response.status}) when ${doing}; check integrations.github`,
      );
    }
    if (!response.ok) {
      throw new Error(`${this.host} answered ${response.status} when ${doing}`);
    }
    return response.json();
  }
}
