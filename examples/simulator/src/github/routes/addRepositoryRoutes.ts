// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { GithubContext, inRepository } from '../GithubContext';
import { githubError } from '../githubError';
import { presentRepository } from '../presentRepository';

const newRepository = z.object({
  name: z.string(),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  private: z.boolean().optional(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
});

const topics = z.object({ names: z.array(z.string()) });

/** Adds the routes that create, show, list and delete repositories. */
export function addRepositoryRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  const { repositories, accounts, urls } = context;

  const create = async (request: Request, owner: string | undefined) => {
    if (!owner) {
      return githubError(401, 'Requires authentication');
    }
    const wanted = await parseJsonBody(newRepository, request);
    if (repositories.find(owner, wanted.name)) {
      return githubError(422, 'Repository creation failed.', [
        {
          resource: 'Repository',
          field: 'name',
          message: 'name already exists on this account',
        },
      ]);
    }
    const repository = await repositories.create({
      owner,
      name: wanted.name,
      description: wanted.description ?? undefined,
      homepage: wanted.homepage ?? undefined,
      private: wanted.private ?? wanted.visibility !== 'public',
    });
    return Response.json(presentRepository(repository, urls), { status: 201 });
  };

  router
    .on('POST', '/api/v3/orgs/:org/repos', async (request, { params }) =>
      accounts.hasOrganisation(params.org)
        ? create(request, accounts.loginOf(request) && params.org)
        : githubError(404, 'Not Found'),
    )
    .on('POST', '/api/v3/user/repos', async request =>
      create(request, accounts.loginOf(request)),
    )
    .on('GET', '/api/v3/orgs/:org/repos', async (request, { params }) => {
      const mayReadAll = accounts.loginOf(request) !== undefined;
      const shown = repositories
        .list()
        .filter(({ record }) => record.value.owner === params.org)
        .filter(({ record }) => mayReadAll || !record.value.private);
      return Response.json(shown.map(one => presentRepository(one, urls)));
    })
    .on(
      'GET',
      '/api/v3/repos/:owner/:repo',
      inRepository(context, async ({ repository }) =>
        Response.json(presentRepository(repository, urls)),
      ),
    )
    .on(
      'DELETE',
      '/api/v3/repos/:owner/:repo',
      inRepository(context, async ({ params }) => {
        await repositories.remove(params.owner, params.repo);
        return new Response(undefined, { status: 204 });
      }),
    )
    .on(
      'PUT',
      '/api/v3/repos/:owner/:repo/topics',
      inRepository(context, async ({ request, repository }) => {
        const { names } = await parseJsonBody(topics, request);
        const { record } = repository;
        record.write({ ...record.value, topics: names });
        return Response.json({ names });
      }),
    )
    .on(
      'PUT',
      '/api/v3/repos/:owner/:repo/collaborators/:login',
      inRepository(
        context,
        async () => new Response(undefined, { status: 204 }),
      ),
    );
}
