// SPDX-License-Identifier: Apache-2.0
import { REPOSITORY_HOSTS } from '../config';
import type { RunningSimulator } from '../startSimulator';

/** What opens everything in these tests, so that a test can look for it where it must not be. */
export const SECRET = 'secret-of-this-test';

/** A subgroup of the simulated GitLab. */
export const SUBGROUP = 'northwind/payments';

/** The key of a project of each simulated Bitbucket. */
export const PROJECT = 'NORTH';

/** How each host of repositories is simulated, in the simulator's configuration. */
export function simulatedHosts(): Record<string, object> {
  const setting = {
    port: 0,
    accounts: [{ login: 'portal', token: SECRET }],
    organisations: ['northwind', SUBGROUP, PROJECT, `northwind/${PROJECT}`],
  };
  return Object.fromEntries(REPOSITORY_HOSTS.map(host => [host, setting]));
}

/** The integrations of a portal with each of them. */
export function integrationsOf(
  { urls }: Pick<RunningSimulator, 'urls'>,
  token = SECRET,
) {
  const {
    github = '',
    gitlab = '',
    gitea = '',
    azure = '',
    bitbucketServer = '',
  } = urls;
  return {
    github: [
      { host: new URL(github).host, apiBaseUrl: `${github}/api/v3`, token },
    ],
    gitlab: [
      {
        host: new URL(gitlab).host,
        baseUrl: gitlab,
        apiBaseUrl: `${gitlab}/api/v4`,
        token,
      },
    ],
    azure: [
      {
        host: new URL(azure).host,
        credentials: [{ personalAccessToken: token }],
      },
    ],
    gitea: [{ host: new URL(gitea).host, baseUrl: gitea, password: token }],
    bitbucketCloud: [{ username: 'portal@example.com', token }],
    bitbucketServer: [
      {
        host: new URL(bitbucketServer).host,
        apiBaseUrl: `${bitbucketServer}/rest/api/1.0`,
        token,
      },
    ],
  };
}
