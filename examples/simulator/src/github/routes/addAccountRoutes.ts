// SPDX-License-Identifier: Apache-2.0
import type { FetchRouter } from '../../http/FetchRouter';
import type { GithubContext } from '../GithubContext';
import { githubError } from '../githubError';
import { presentOwner, presentUser } from '../presentRepository';

/**
 * Adds the routes about users and organisations.
 *
 * @remarks
 * A token's login is a user; every other name is an organisation, unless the
 * configuration lists which ones there are.
 */
export function addAccountRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  const { accounts, urls } = context;
  const organisation = (name: string) =>
    accounts.hasOrganisation(name)
      ? Response.json(presentOwner(name, urls))
      : githubError(404, 'Not Found');
  router
    .on('GET', '/api/v3/user', async request => {
      const login = accounts.loginOf(request);
      return login
        ? Response.json(presentUser(login, urls), {
            headers: { 'x-oauth-scopes': 'repo, read:org' },
          })
        : githubError(401, 'Requires authentication');
    })
    .on('GET', '/api/v3/users/:login', async (_, { params }) =>
      accounts.has(params.login)
        ? Response.json(presentUser(params.login, urls))
        : organisation(params.login),
    )
    .on('GET', '/api/v3/orgs/:org', async (_, { params }) =>
      organisation(params.org),
    )
    .on('GET', '/api/v3/rate_limit', async () => {
      const core = { limit: 5000, remaining: 5000, used: 0, reset: 0 };
      return Response.json({ resources: { core }, rate: core });
    });
}
