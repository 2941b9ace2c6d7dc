// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { addStatus } from '../../forge/addStatus';
import { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { GithubContext, inRepository, RepositoryCall } from '../GithubContext';
import { githubError } from '../githubError';
import { combineStatuses, presentStatus } from '../presentCommit';
import { presentRepository } from '../presentRepository';

const newStatus = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.string().nullish(),
  description: z.string().nullish(),
  context: z.string().nullish(),
});

/** Adds the routes about commit statuses. */
export function addStatusRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  const { urls } = context;
  const base = '/api/v3/repos/:owner/:repo';
  router
    .on(
      'POST',
      `${base}/statuses/:sha`,
      inRepository(context, async call => setStatus(call, context)),
    )
    .on(
      'GET',
      `${base}/commits/:ref/statuses`,
      inRepository(context, async ({ repository, params }) => {
        const sha = await repository.git.resolve(params.ref);
        const known = sha ? repository.record.value.statuses[sha] ?? [] : [];
        return sha
          ? Response.json(
              [...known].reverse().map(one => presentStatus(one, urls)),
            )
          : githubError(404, 'Not Found');
      }),
    )
    .on(
      'GET',
      `${base}/commits/:ref/status`,
      inRepository(context, async ({ repository, params }) => {
        const sha = await repository.git.resolve(params.ref);
        if (!sha) {
          return githubError(404, 'Not Found');
        }
        const { state, latest } = combineStatuses(
          repository.record.value.statuses[sha] ?? [],
        );
        return Response.json({
          state,
          sha,
          total_count: latest.length,
          statuses: latest.map(one => presentStatus(one, urls)),
          repository: presentRepository(repository, urls),
        });
      }),
    );
}

async function setStatus(
  call: RepositoryCall,
  context: GithubContext,
): Promise<Response> {
  const { request, repository, params, login = 'unknown' } = call;
  const wanted = await parseJsonBody(newStatus, request);
  const sha = await repository.git.resolve(params.sha);
  if (!sha) {
    return githubError(422, `No commit found for SHA: ${params.sha}`);
  }
  const status = addStatus(repository, sha, {
    state: wanted.state,
    context: wanted.context ?? 'default',
    description: wanted.description ?? undefined,
    targetUrl: wanted.target_url ?? undefined,
    creator: login,
    createdAt: context.clock.now().toISOString(),
  });
  return Response.json(presentStatus(status, context.urls), { status: 201 });
}
