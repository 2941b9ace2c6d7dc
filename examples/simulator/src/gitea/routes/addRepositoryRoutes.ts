// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import type { GiteaContext } from '../GiteaContext';
import { giteaError } from '../giteaError';
import { presentRepository } from '../presentRepository';

const newRepository = z.object({
  name: z.string(),
  description: z.string().optional(),
  private: z.boolean().default(false),
});

/** Adds the routes about organisations and users, and those that make and show repositories. */
export function addRepositoryRoutes(
  router: FetchRouter,
  context: GiteaContext,
): void {
  const { repositories, accounts, url, inRepository } = context;
  const isOrganisation = (name: string) =>
    !accounts.has(name) && accounts.hasOrganisation(name);
  const absent = () => giteaError(404, "The target couldn't be found.");
  const create = async (request: Request, owner: string) => {
    const wanted = await parseJsonBody(newRepository, request);
    if (repositories.find(owner, wanted.name)) {
      return giteaError(
        409,
        `The repository with the same name already exists.`,
      );
    }
    const repository = await repositories.create({ ...wanted, owner });
    return Response.json(presentRepository(repository, url), { status: 201 });
  };
  router
    .on('GET', '/api/v1/user', async request => {
      const login = accounts.loginOf(request);
      return login
        ? Response.json({ login })
        : giteaError(401, 'token is required');
    })
    .on('GET', '/api/v1/users/:name', async (_, { params: { name } }) =>
      accounts.has(name) ? Response.json({ login: name }) : absent(),
    )
    .on('GET', '/api/v1/orgs/:name', async (_, { params: { name } }) =>
      isOrganisation(name) ? Response.json({ name, username: name }) : absent(),
    )
    .on('POST', '/api/v1/orgs/:name/repos', async (request, { params }) => {
      if (!accounts.loginOf(request)) {
        return giteaError(401, 'token is required');
      }
      return isOrganisation(params.name)
        ? create(request, params.name)
        : absent();
    })
    .on('POST', '/api/v1/user/repos', async request => {
      const login = accounts.loginOf(request);
      return login
        ? create(request, login)
        : giteaError(401, 'token is required');
    })
    .on(
      'GET',
      '/api/v1/repos/:owner/:repo',
      inRepository(async ({ repository }) =>
        Response.json(presentRepository(repository, url)),
      ),
    );
}
