// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { ForgeRepository } from '../../forge/ForgeRepositories';
import type { ForgeCall } from '../../forge/inKnownRepository';
import { addPull, changePull, findPull, mergePull } from '../../forge/pulls';
import type { PullRequest } from '../../forge/repositoryRecord';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import type { AzureContext } from '../AzureContext';
import { azureError } from '../azureError';

const HEADS = 'refs/heads/';

const description = z
  .string()
  .max(4000, 'A maximum of 4000 characters is allowed');
const ref = z.string().startsWith(HEADS);

const newPull = z.object({
  title: z.string(),
  description: description.default(''),
  sourceRefName: ref,
  targetRefName: ref,
});

const changedPull = z.object({
  title: z.string().optional(),
  description: description.optional(),
  status: z.enum(['active', 'abandoned', 'completed']).optional(),
});

/** Adds the routes that open, show, change and complete pull requests. */
export function addPullRoutes(
  router: FetchRouter,
  context: AzureContext,
): void {
  const { repositories, clock, inRepository } = context;
  const base =
    '/:organisation/:project/_apis/git/repositories/:repository/pullrequests';
  const withPull = (
    handler: (call: ForgeCall, pull: PullRequest) => Promise<Response>,
  ) =>
    inRepository(async call => {
      const pull = findPull(call.repository, call.params.id);
      return pull
        ? handler(call, pull)
        : azureError(
            404,
            'TF401180: The requested pull request was not found.',
          );
    });
  router
    .on(
      'GET',
      base,
      inRepository(async ({ repository, url }) => {
        const status = url.searchParams.get('searchCriteria.status');
        const source = url.searchParams.get('searchCriteria.sourceRefName');
        const value = repository.record.value.pulls
          .map(pull => present(repository, pull))
          .filter(
            pull => status === 'all' || pull.status === (status ?? 'active'),
          )
          .filter(pull => !source || pull.sourceRefName === source);
        return Response.json({ value, count: value.length });
      }),
    )
    .on(
      'POST',
      base,
      inRepository(async ({ request, repository, login }) => {
        const wanted = await parseJsonBody(newPull, request);
        const head = wanted.sourceRefName.slice(HEADS.length);
        const into = wanted.targetRefName.slice(HEADS.length);
        const branches = await repository.git.branches();
        if (!branches.has(head) || !branches.has(into)) {
          return azureError(
            400,
            'TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists.',
          );
        }
        if (
          repository.record.value.pulls.some(
            one =>
              one.state === 'open' && one.head === head && one.base === into,
          )
        ) {
          return azureError(
            409,
            'TF401179: An active pull request for the source and target branch already exists.',
          );
        }
        const pull = addPull(repository, {
          title: wanted.title,
          body: wanted.description,
          head,
          base: into,
          author: login,
          createdAt: clock.now().toISOString(),
        });
        return Response.json(present(repository, pull), { status: 201 });
      }),
    )
    .on(
      'PATCH',
      `${base}/:id`,
      withPull(async ({ request, repository, login }, pull) => {
        const wanted = await parseJsonBody(changedPull, request);
        const changed = changePull(repository, pull, {
          title: wanted.title ?? pull.title,
          body: wanted.description ?? pull.body,
        });
        const completed =
          wanted.status === 'completed'
            ? await mergePull({
                repositories,
                repository,
                clock,
                pull: changed,
                login,
              })
            : changed;
        return completed
          ? Response.json(present(repository, completed))
          : azureError(
              409,
              'TF401192: The pull request was already completed or abandoned.',
            );
      }),
    );
}

function present(repository: ForgeRepository, pull: PullRequest) {
  const { id, name } = repository.record.value;
  return {
    pullRequestId: pull.number,
    repository: { id: String(id), name },
    status: statusOf(pull),
    title: pull.title,
    description: pull.body,
    sourceRefName: `${HEADS}${pull.head}`,
    targetRefName: `${HEADS}${pull.base}`,
    createdBy: { uniqueName: pull.author },
    creationDate: pull.createdAt,
  };
}

function statusOf(pull: PullRequest): 'active' | 'completed' | 'abandoned' {
  if (pull.state === 'open') {
    return 'active';
  }
  return pull.mergedAt ? 'completed' : 'abandoned';
}
