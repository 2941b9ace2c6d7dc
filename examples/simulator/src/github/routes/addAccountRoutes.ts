// SPDX-License-Identifier: Apache-2.0
import type { FetchRouter } from '../../http/FetchRouter';
import type { GithubContext } from '../GithubContext';
import { githubError } from '../githubError';
import { presentOwner, presentUser } from '../presentRepository';

/**
 * Adds the routes about users and organisations.
 *
 * @remarks
 * Every name is an organisation, as the owner of a repository is asked for only to know
 * where a repository is to be created; a token's login is a user.
 */
export function addAccountRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  const { accounts, urls } = context;
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
      Response.json(
        accounts.has(params.login)
          ? presentUser(params.login, urls)
          : presentOwner(params.login, urls),
      ),
    )
    .on('GET', '/api/v3/orgs/:org', async (_, { params }) =>
      Response.json(presentOwner(params.org, urls)),
    )
    .on('GET', '/api/v3/rate_limit', async () => {
      const core = { limit: 5000, remaining: 5000, used: 0, reset: 0 };
      return Response.json({ resources: { core }, rate: core });
    });
}
