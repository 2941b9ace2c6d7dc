// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { ForgeRepository } from '../../forge/ForgeRepositories';
import type { ForgeCall } from '../../forge/inKnownRepository';
import { addPull, changePull, findPull, mergePull } from '../../forge/pulls';
import type { PullRequest } from '../../forge/repositoryRecord';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { inProject, type GitlabContext } from '../GitlabContext';
import { gitlabError } from '../gitlabError';

const newMergeRequest = z.object({
  title: z.string(),
  description: z.string().default(''),
  source_branch: z.string(),
  target_branch: z.string(),
});

const changedMergeRequest = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
});

/** Adds the routes that open, show, change and merge merge requests. */
export function addMergeRequestRoutes(
  router: FetchRouter,
  context: GitlabContext,
): void {
  const base = '/api/v4/projects/:id/merge_requests';
  const present = (repository: ForgeRepository, pull: PullRequest) => {
    const { owner, name } = repository.record.value;
    return {
      iid: pull.number,
      title: pull.title,
      description: pull.body,
      state: stateOf(pull),
      source_branch: pull.head,
      target_branch: pull.base,
      merge_commit_sha: pull.mergeCommit ?? null,
      web_url: `${context.url}/${owner}/${name}/-/merge_requests/${pull.number}`,
    };
  };
  const withPull =
    (handler: (call: ForgeCall, pull: PullRequest) => Promise<Response>) =>
    async (call: ForgeCall) => {
      const pull = findPull(call.repository, call.params.iid);
      return pull ? handler(call, pull) : gitlabError(404, '404 Not found');
    };
  router
    .on(
      'GET',
      base,
      inProject(context, async ({ repository, url }) => {
        const state = url.searchParams.get('state') ?? 'all';
        const source = url.searchParams.get('source_branch');
        return Response.json(
          repository.record.value.pulls
            .filter(pull => state === 'all' || stateOf(pull) === state)
            .filter(pull => !source || pull.head === source)
            .map(pull => present(repository, pull)),
        );
      }),
    )
    .on(
      'POST',
      base,
      inProject(context, async ({ request, repository, login }) => {
        const wanted = await parseJsonBody(newMergeRequest, request);
        const { pulls } = repository.record.value;
        if (
          pulls.some(
            ({ state, head }) =>
              state === 'open' && head === wanted.source_branch,
          )
        ) {
          return gitlabError(
            409,
            'Another open merge request already exists for this source branch',
          );
        }
        const pull = addPull(repository, {
          title: wanted.title,
          body: wanted.description,
          head: wanted.source_branch,
          base: wanted.target_branch,
          author: login,
          createdAt: context.clock.now().toISOString(),
        });
        return Response.json(present(repository, pull), { status: 201 });
      }),
    )
    .on(
      'PUT',
      `${base}/:iid`,
      inProject(
        context,
        withPull(async ({ request, repository }, pull) => {
          const wanted = await parseJsonBody(changedMergeRequest, request);
          const changed = changePull(repository, pull, {
            title: wanted.title ?? pull.title,
            body: wanted.description ?? pull.body,
          });
          return Response.json(present(repository, changed));
        }),
      ),
    )
    .on(
      'PUT',
      `${base}/:iid/merge`,
      inProject(
        context,
        withPull(async ({ repository, login }, pull) => {
          const { repositories, clock } = context;
          const merged = await mergePull({
            repositories,
            repository,
            clock,
            pull,
            login,
          });
          return merged
            ? Response.json(present(repository, merged))
            : gitlabError(405, '405 Method Not Allowed');
        }),
      ),
    );
}

function stateOf(pull: PullRequest): 'opened' | 'merged' | 'closed' {
  if (pull.state === 'open') {
    return 'opened';
  }
  return pull.mergedAt ? 'merged' : 'closed';
}
