// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { addStatus } from '../../forge/addStatus';
import type { CommitStatus } from '../../forge/repositoryRecord';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import type { GiteaContext } from '../GiteaContext';
import { giteaError } from '../giteaError';

const newStatus = z.object({
  state: z.enum(['pending', 'success', 'error', 'failure']),
  context: z.string().default('default'),
  description: z.string().optional(),
  target_url: z.string().optional(),
});

/** Adds the routes about commit statuses. */
export function addStatusRoutes(
  router: FetchRouter,
  { clock, inRepository }: GiteaContext,
): void {
  router
    .on(
      'POST',
      '/api/v1/repos/:owner/:repo/statuses/:sha',
      inRepository(async ({ request, repository, params, login }) => {
        const wanted = await parseJsonBody(newStatus, request);
        const sha = await repository.git.resolve(params.sha);
        if (!sha) {
          return giteaError(404, `sha not found: ${params.sha}`);
        }
        const status = addStatus(repository, sha, {
          state: wanted.state,
          context: wanted.context,
          description: wanted.description,
          targetUrl: wanted.target_url,
          creator: login,
          createdAt: clock.now().toISOString(),
        });
        return Response.json(present(status), { status: 201 });
      }),
    )
    .on(
      'GET',
      '/api/v1/repos/:owner/:repo/commits/:ref/statuses',
      inRepository(async ({ repository, params }) => {
        const sha = await repository.git.resolve(params.ref);
        const known = sha ? repository.record.value.statuses[sha] ?? [] : [];
        return Response.json([...known].reverse().map(present));
      }),
    );
}

function present(status: CommitStatus): Record<string, unknown> {
  return {
    id: status.id,
    status: status.state,
    context: status.context,
    description: status.description ?? '',
    target_url: status.targetUrl ?? '',
    creator: { login: status.creator },
    created_at: status.createdAt,
  };
}
