// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { inProject, type GitlabContext } from '../GitlabContext';
import { gitlabError } from '../gitlabError';
import { presentProject } from '../presentProject';

const newProject = z.object({
  name: z.string(),
  path: z.string().optional(),
  namespace_id: z.number(),
  description: z.string().optional(),
  visibility: z.enum(['private', 'internal', 'public']).default('private'),
});

/** Adds the routes about groups and users, and those that create and show projects. */
export function addProjectRoutes(
  router: FetchRouter,
  context: GitlabContext,
): void {
  const { repositories, accounts, namespaces } = context;
  router
    .on('GET', '/api/v4/namespaces/:id', async (request, { params }) => {
      const { id: path } = params;
      const kind = accounts.has(path) ? 'user' : 'group';
      const known = kind === 'user' || accounts.hasOrganisation(path);
      return known && accounts.loginOf(request)
        ? Response.json({
            id: namespaces.idOf(path),
            name: path.split('/').at(-1),
            path: path.split('/').at(-1),
            full_path: path,
            kind,
          })
        : gitlabError(404, '404 Namespace Not Found');
    })
    .on('POST', '/api/v4/projects', async request => {
      const login = accounts.loginOf(request);
      if (!login) {
        return gitlabError(401, '401 Unauthorized');
      }
      const wanted = await parseJsonBody(newProject, request);
      const owner = namespaces.pathOf(wanted.namespace_id);
      const name = wanted.path ?? wanted.name;
      if (!owner) {
        return gitlabError(404, '404 Namespace Not Found');
      }
      if (repositories.find(owner, name)) {
        return Response.json(
          { message: { path: ['has already been taken'] } },
          { status: 400 },
        );
      }
      const repository = await repositories.create({
        owner,
        name,
        description: wanted.description,
        private: wanted.visibility !== 'public',
      });
      return Response.json(presentProject(repository, context), {
        status: 201,
      });
    })
    .on(
      'GET',
      '/api/v4/projects/:id',
      inProject(context, async ({ repository }) =>
        Response.json(presentProject(repository, context)),
      ),
    );
}
