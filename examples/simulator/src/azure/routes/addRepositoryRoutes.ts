// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { ForgeRepository } from '../../forge/ForgeRepositories';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import type { AzureContext } from '../AzureContext';
import { azureError } from '../azureError';
import { presentRepository } from '../presentRepository';

const newRepository = z.object({ name: z.string() });

/** Adds the routes about projects, and those that make, show and read repositories. */
export function addRepositoryRoutes(
  router: FetchRouter,
  context: AzureContext,
): void {
  const { repositories, accounts, url, inRepository } = context;
  const base = '/:organisation/:project/_apis/git/repositories';
  const noProject = (name: string) =>
    azureError(
      404,
      `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`,
    );
  router
    .on(
      'GET',
      '/:organisation/_apis/projects/:project',
      async (request, { params: { organisation, project } }) =>
        accounts.loginOf(request) &&
        accounts.hasOrganisation(`${organisation}/${project}`)
          ? Response.json({ id: project, name: project, state: 'wellFormed' })
          : noProject(project),
    )
    .on('POST', base, async (request, { params }) => {
      const owner = `${params.organisation}/${params.project}`;
      if (!accounts.loginOf(request) || !accounts.hasOrganisation(owner)) {
        return noProject(params.project);
      }
      const { name } = await parseJsonBody(newRepository, request);
      if (repositories.find(owner, name)) {
        return azureError(
          409,
          `TF400948: A Git repository with the name ${name} already exists.`,
        );
      }
      const repository = await repositories.create({
        owner,
        name,
        private: true,
      });
      return Response.json(presentRepository(repository, url), { status: 201 });
    })
    .on(
      'GET',
      `${base}/:repository`,
      inRepository(async ({ repository }) =>
        Response.json(presentRepository(repository, url)),
      ),
    )
    .on(
      'GET',
      `${base}/:repository/items`,
      inRepository(async call => readItem(call.repository, call.url)),
    )
    .on(
      'GET',
      `${base}/:repository/refs`,
      inRepository(async ({ repository, url: asked }) => {
        const filter = asked.searchParams.get('filter') ?? '';
        const value = [...(await repository.git.branches())]
          .map(([name, objectId]) => ({ name: `refs/heads/${name}`, objectId }))
          .filter(({ name }) => name.startsWith(`refs/${filter}`));
        return Response.json({ value, count: value.length });
      }),
    )
    .on(
      'GET',
      `${base}/:repository/commits`,
      inRepository(async ({ repository, url: asked }) => {
        const branch =
          asked.searchParams.get('searchCriteria.itemVersion.version') ??
          repository.record.value.defaultBranch;
        const commitId = (await repository.git.branches()).get(branch);
        const value = commitId ? [{ commitId }] : [];
        return Response.json({ value, count: value.length });
      }),
    );
}

/** Answers the content of a file as it is, which is what is asked for unless `$format` says else. */
async function readItem(
  { git, record }: ForgeRepository,
  { searchParams: asked }: URL,
): Promise<Response> {
  const version =
    asked.get('versionDescriptor.version') ??
    asked.get('version') ??
    record.value.defaultBranch;
  const type =
    asked.get('versionDescriptor.versionType') ??
    asked.get('versionType') ??
    'branch';
  const commit =
    type === 'commit'
      ? await git.resolve(version)
      : (await git.branches()).get(version);
  if (!commit) {
    return azureError(
      404,
      `TF401175: The version descriptor <${type}: ${version} > could not be resolved to a version in the repository ${record.value.name}`,
    );
  }
  const path = asked.get('path') ?? '/';
  const entry = await git.entry(commit, path.replace(/^\//, ''));
  if (!entry || entry.type !== 'blob') {
    return azureError(
      404,
      `TF401174: The item '${path}' could not be found in the repository '${record.value.name}' at the version specified by '<${type}: ${version} >' (resolved to commit '${commit}')`,
    );
  }
  return new Response(new Uint8Array(await git.blob(entry.sha)), {
    headers: { 'content-type': 'text/plain', etag: `"${entry.sha}"` },
  });
}
