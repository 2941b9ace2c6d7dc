// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  isSourceHostType,
  SOURCE_HOSTS,
  type SourceHostType,
} from 'backstage-plugin-delivery-common';
import { BitbucketCloudSourceHost } from './BitbucketCloudSourceHost';
import { BitbucketServerSourceHost } from './BitbucketServerSourceHost';
import { AzureSourceHost } from './AzureSourceHost';
import { GiteaSourceHost } from './GiteaSourceHost';
import { GithubSourceHost } from './GithubSourceHost';
import { GitlabSourceHost } from './GitlabSourceHost';
import type { SourceHost } from './SourceHost';

/** The hosts of each type that have credentials. */
const USABLE: Record<
  SourceHostType,
  (options: { config: Config; integrations: ScmIntegrations }) => SourceHost[]
> = {
  github: ({ config, integrations }) =>
    integrations.github
      .list()
      .filter(({ config: { token, apps } }) => token || apps?.length)
      .map(github => new GithubSourceHost({ config, integrations, github })),
  gitlab: ({ config, integrations }) =>
    integrations.gitlab
      .list()
      .filter(({ config: { token } }) => token)
      .map(gitlab => new GitlabSourceHost({ config, gitlab })),
  gitea: ({ config, integrations }) =>
    integrations.gitea
      .list()
      .filter(({ config: { password } }) => password)
      .map(gitea => new GiteaSourceHost({ config, gitea })),
  azure: ({ config, integrations }) =>
    integrations.azure
      .list()
      .filter(({ config: { credentials } }) => credentials?.length)
      .map(azure => new AzureSourceHost({ config, integrations, azure })),
  bitbucketServer: ({ config, integrations }) =>
    integrations.bitbucketServer
      .list()
      .filter(
        ({ config: { token, username, password } }) =>
          token || (username && password),
      )
      .map(bitbucket => new BitbucketServerSourceHost({ config, bitbucket })),
  bitbucketCloud: ({ config, integrations }) =>
    integrations.bitbucketCloud
      .list()
      .filter(({ config: { username, appPassword, token, clientId } }) =>
        clientId ? true : username && (token || appPassword),
      )
      .map(bitbucket => new BitbucketCloudSourceHost({ config, bitbucket })),
};

/**
 * Finds a configured source host: the named one, or the first that has credentials.
 *
 * @throws InputError naming the hosts that can be used when it is none of them.
 */
export function findSourceHost(
  config: Config,
  host: string | undefined,
): SourceHost {
  const integrations = ScmIntegrations.fromConfig(config);
  const hosts = Object.values(USABLE).flatMap(usable =>
    usable({ config, integrations }),
  );
  const found = host ? hosts.find(one => one.host === host) : hosts[0];
  if (found) {
    return found;
  }
  const rest =
    hosts.length > 0
      ? `hosts that can be used: ${hosts.map(one => one.host).join(', ')}`
      : `no host can be used: add one with its credentials to integrations, below one of ${Object.keys(
          SOURCE_HOSTS,
        ).join(', ')}`;
  if (!host) {
    throw new InputError(`There is no source host; ${rest}`);
  }
  const type = integrations.byHost(host)?.type;
  throw new InputError(`sourceHost '${host}' ${reasonAgainst(type)}; ${rest}`);
}

function reasonAgainst(type: string | undefined): string {
  if (type === undefined) {
    return 'is not configured in integrations';
  }
  return isSourceHostType(type)
    ? `has no credentials in integrations.${type}`
    : `is of the type ${type}, on which no repositories can be made`;
}
