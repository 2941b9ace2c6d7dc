// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { ForgeRepository } from '../../forge/ForgeRepositories';
import type { ForgeCall } from '../../forge/inKnownRepository';
import { addPull, changePull, findPull, mergePull } from '../../forge/pulls';
import type { PullRequest } from '../../forge/repositoryRecord';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import type { GiteaContext } from '../GiteaContext';
import { giteaError } from '../giteaError';

const newPull = z.object({
  title: z.string(),
  body: z.string().default(''),
  head: z.string(),
  base: z.string(),
});

const changedPull = z.object({
  title: z.string().optional(),
  body: z.string().optional(),
});

/** Adds the routes that open, show, change and merge pull requests. */
export function addPullRoutes(
  router: FetchRouter,
  context: GiteaContext,
): void {
  const { repositories, clock, inRepository } = context;
  const base = '/api/v1/repos/:owner/:repo/pulls';
  const present = (repository: ForgeRepository, pull: PullRequest) => {
    const { id, owner, name } = repository.record.value;
    return {
      number: pull.number,
      title: pull.title,
      body: pull.body,
      state: pull.state,
      merged: pull.mergedAt !== undefined,
      user: { login: pull.author },
      head: { label: pull.head, ref: pull.head, repo_id: id },
      base: { label: pull.base, ref: pull.base, repo_id: id },
      html_url: `${context.url}/${owner}/${name}/pulls/${pull.number}`,
    };
  };
  const withPull = (
    handler: (call: ForgeCall, pull: PullRequest) => Promise<Response>,
  ) =>
    inRepository(async call => {
      const pull = findPull(call.repository, call.params.index);
      return pull
        ? handler(call, pull)
        : giteaError(404, "The target couldn't be found.");
    });
  router
    .on(
      'GET',
      base,
      inRepository(async ({ repository, url }) => {
        const state = url.searchParams.get('state') ?? 'open';
        const limit = Math.min(Number(url.searchParams.get('limit') ?? 30), 50);
        const page = Number(url.searchParams.get('page') ?? 1);
        return Response.json(
          repository.record.value.pulls
            .filter(pull => state === 'all' || pull.state === state)
            .slice((page - 1) * limit, page * limit)
            .map(pull => present(repository, pull)),
        );
      }),
    )
    .on(
      'POST',
      base,
      inRepository(async ({ request, repository, login }) => {
        const wanted = await parseJsonBody(newPull, request);
        const branches = await repository.git.branches();
        if (![wanted.head, wanted.base].every(name => branches.has(name))) {
          return giteaError(404, "The target couldn't be found.");
        }
        const { pulls } = repository.record.value;
        if (
          pulls.some(
            one =>
              one.state === 'open' &&
              one.head === wanted.head &&
              one.base === wanted.base,
          )
        ) {
          return giteaError(
            409,
            `pull request already exists for these targets [head_branch: ${wanted.head}, base_branch: ${wanted.base}]`,
          );
        }
        const pull = addPull(repository, {
          ...wanted,
          author: login,
          createdAt: clock.now().toISOString(),
        });
        return Response.json(present(repository, pull), { status: 201 });
      }),
    )
    .on(
      'PATCH',
      `${base}/:index`,
      withPull(async ({ request, repository }, pull) => {
        const wanted = await parseJsonBody(changedPull, request);
        const changed = changePull(repository, pull, {
          title: wanted.title ?? pull.title,
          body: wanted.body ?? pull.body,
        });
        return Response.json(present(repository, changed), { status: 201 });
      }),
    )
    .on(
      'POST',
      `${base}/:index/merge`,
      withPull(async ({ repository, login }, pull) => {
        const merged = await mergePull({
          repositories,
          repository,
          clock,
          pull,
          login,
        });
        return merged
          ? new Response(null, { status: 200 })
          : giteaError(405, 'The PR is already merged');
      }),
    );
}
