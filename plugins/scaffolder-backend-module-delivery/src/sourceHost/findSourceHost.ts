// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { GithubSourceHost } from './GithubSourceHost';
import { GitlabSourceHost } from './GitlabSourceHost';
import type { SourceHost } from './SourceHost';

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
  const hosts = usableHosts(config, integrations);
  const found = host ? hosts.find(one => one.host === host) : hosts[0];
  if (found) {
    return found;
  }
  const rest =
    hosts.length > 0
      ? `hosts that can be used: ${hosts.map(one => one.host).join(', ')}`
      : 'no host can be used: add one with its credentials to integrations.github or integrations.gitlab';
  if (!host) {
    throw new InputError(`There is no source host; ${rest}`);
  }
  const type = integrations.byHost(host)?.type;
  throw new InputError(`sourceHost '${host}' ${reasonAgainst(type)}; ${rest}`);
}

function usableHosts(
  config: Config,
  integrations: ScmIntegrations,
): SourceHost[] {
  return [
    ...integrations.github
      .list()
      .filter(({ config: { token, apps } }) => token || apps?.length)
      .map(github => new GithubSourceHost({ config, integrations, github })),
    ...integrations.gitlab
      .list()
      .filter(({ config: { token } }) => token)
      .map(gitlab => new GitlabSourceHost({ config, gitlab })),
  ];
}

function reasonAgainst(type: string | undefined): string {
  switch (type) {
    case undefined:
      return 'is not configured in integrations';
    case 'github':
    case 'gitlab':
      return `has no credentials in integrations.${type}`;
    default:
      return `is of the type ${type}, on which no repositories can be made`;
  }
}
