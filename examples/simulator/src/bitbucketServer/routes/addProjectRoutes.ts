// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import {
  API,
  REPOSITORY,
  type BitbucketServerContext,
} from '../BitbucketServerContext';
import { bitbucketServerError } from '../bitbucketServerError';
import { presentProject, presentRepository } from '../presentRepository';

const newRepository = z.object({
  name: z.string(),
  scmId: z.literal('git').default('git'),
  description: z.string().optional(),
  defaultBranch: z.string().optional(),
  public: z.boolean().default(false),
});

/** Adds the routes about projects, and those that create and show repositories. */
export function addProjectRoutes(
  router: FetchRouter,
  context: BitbucketServerContext,
): void {
  const { repositories, accounts, inRepository, url } = context;
  const inProject = (request: Request, key: string) => {
    if (!accounts.loginOf(request)) {
      return bitbucketServerError(
        401,
        'You are not permitted to access this resource',
        'com.atlassian.bitbucket.AuthorisationException',
      );
    }
    return accounts.hasOrganisation(key.toUpperCase())
      ? undefined
      : bitbucketServerError(
          404,
          `Project ${key} does not exist.`,
          'com.atlassian.bitbucket.project.NoSuchProjectException',
        );
  };
  router
    .on(
      'GET',
      `${API}/projects/:key`,
      async (request, { params }) =>
        inProject(request, params.key) ??
        Response.json(presentProject(params.key.toUpperCase(), url)),
    )
    .on('POST', `${API}/projects/:key/repos`, async (request, { params }) => {
      const refused = inProject(request, params.key);
      if (refused) {
        return refused;
      }
      const wanted = await parseJsonBody(newRepository, request);
      const owner = params.key.toUpperCase();
      if (repositories.find(owner, wanted.name)) {
        return bitbucketServerError(
          409,
          'This repository URL is already taken.',
          'com.atlassian.bitbucket.DuplicateEntityException',
        );
      }
      const repository = await repositories.create({
        owner,
        name: wanted.name,
        description: wanted.description,
        private: !wanted.public,
      });
      return Response.json(presentRepository(repository, url), { status: 201 });
    })
    .on(
      'GET',
      REPOSITORY,
      inRepository(async ({ repository }) =>
        Response.json(presentRepository(repository, url)),
      ),
    );
}
