// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { ForgeCall } from '../../forge/inKnownRepository';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import {
  REPOSITORY,
  type BitbucketCloudContext,
} from '../BitbucketCloudContext';
import { bitbucketCloudError } from '../bitbucketCloudError';
import { listOf } from '../listOf';
import { presentRepository } from '../presentRepository';
import { wantedBy } from '../wantedBy';

const newRepository = z.object({
  scm: z.literal('git').default('git'),
  is_private: z.boolean().default(false),
  description: z.string().optional(),
  project: z.object({ key: z.string() }).optional(),
});

/** Adds the routes about workspaces and projects, and those that make, show and read repositories. */
export function addRepositoryRoutes(
  router: FetchRouter,
  context: BitbucketCloudContext,
): void {
  const { repositories, accounts, inRepository } = context;
  const noWorkspace = (name: string) =>
    bitbucketCloudError(404, `No workspace with identifier '${name}'.`);
  const isProject = (workspace: string, key: string) =>
    accounts.hasOrganisation(`${workspace}/${key}`);
  router
    .on(
      'GET',
      '/2.0/repositories/:workspace',
      async (request, { params: { workspace }, url }) => {
        const login = accounts.loginOf(request);
        return login && accounts.hasOrganisation(workspace)
          ? Response.json(
              listOf(
                repositories
                  .list()
                  .filter(({ record }) => record.value.owner === workspace)
                  .map(repository => presentRepository(repository, login)),
                url,
              ),
            )
          : noWorkspace(workspace);
      },
    )
    .on(
      'GET',
      '/2.0/workspaces/:workspace/projects/:key',
      async (request, { params: { workspace, key } }) =>
        accounts.loginOf(request) && isProject(workspace, key)
          ? Response.json({ type: 'project', key })
          : bitbucketCloudError(404, 'Not found'),
    )
    .on(
      'POST',
      REPOSITORY,
      async (request, { params: { workspace, slug } }) => {
        const login = accounts.loginOf(request);
        if (!login || !accounts.hasOrganisation(workspace)) {
          return noWorkspace(workspace);
        }
        const wanted = await parseJsonBody(newRepository, request);
        if (wanted.project && !isProject(workspace, wanted.project.key)) {
          return bitbucketCloudError(400, 'Bad request');
        }
        if (repositories.find(workspace, slug)) {
          return bitbucketCloudError(
            400,
            'Repository with this Slug and Owner already exists.',
          );
        }
        const repository = await repositories.create({
          owner: workspace,
          name: slug,
          description: wanted.description,
          private: wanted.is_private,
        });
        return Response.json(presentRepository(repository, login));
      },
    )
    .on(
      'GET',
      REPOSITORY,
      inRepository(async ({ repository, login }) =>
        Response.json(presentRepository(repository, login)),
      ),
    )
    .on(
      'GET',
      `${REPOSITORY}/refs/branches`,
      inRepository(async ({ repository, url }) => {
        const name = wantedBy('name', url);
        const branches = [...(await repository.git.branches())]
          .filter(([branch]) => name === undefined || branch === name)
          .map(([branch, hash]) => ({
            type: 'branch',
            name: branch,
            target: { type: 'commit', hash },
          }));
        return Response.json(listOf(branches, url));
      }),
    )
    .on('GET', `${REPOSITORY}/src/:commit/*`, inRepository(readFile));
}

async function readFile({ repository, params }: ForgeCall): Promise<Response> {
  const commit = await repository.git.resolve(params.commit);
  if (!commit) {
    return bitbucketCloudError(404, 'Commit not found');
  }
  const entry = await repository.git.entry(commit, params.rest);
  return entry?.type === 'blob'
    ? new Response(new Uint8Array(await repository.git.blob(entry.sha)), {
        headers: { 'content-type': 'text/plain' },
      })
    : bitbucketCloudError(404, `No such file or directory: ${params.rest}`);
}
