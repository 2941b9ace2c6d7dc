// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { addStatus } from '../../forge/addStatus';
import type { CommitStatus } from '../../forge/repositoryRecord';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import type { AzureContext } from '../AzureContext';
import { azureError } from '../azureError';

const STATES = {
  pending: 'pending',
  succeeded: 'success',
  failed: 'failure',
  error: 'error',
} as const;

const newStatus = z.object({
  state: z.enum(['pending', 'succeeded', 'failed', 'error']),
  description: z.string().optional(),
  targetUrl: z.string().optional(),
  context: z.object({ name: z.string(), genre: z.string().optional() }),
});

/** Adds the routes about commit statuses. */
export function addStatusRoutes(
  router: FetchRouter,
  { clock, inRepository }: AzureContext,
): void {
  const path =
    '/:organisation/:project/_apis/git/repositories/:repository/commits/:sha/statuses';
  router
    .on(
      'POST',
      path,
      inRepository(async ({ request, repository, params, login }) => {
        const wanted = await parseJsonBody(newStatus, request);
        const sha = await repository.git.resolve(params.sha);
        if (!sha) {
          return azureError(
            404,
            `TF401346: The commit ${params.sha} does not exist.`,
          );
        }
        const status = addStatus(repository, sha, {
          state: STATES[wanted.state],
          context: wanted.context.name,
          description: wanted.description,
          targetUrl: wanted.targetUrl,
          creator: login,
          createdAt: clock.now().toISOString(),
        });
        return Response.json(present(status), { status: 201 });
      }),
    )
    .on(
      'GET',
      path,
      inRepository(async ({ repository, params }) => {
        const known = repository.record.value.statuses[params.sha] ?? [];
        return Response.json({
          value: known.map(present),
          count: known.length,
        });
      }),
    );
}

function present(status: CommitStatus): Record<string, unknown> {
  const [state] =
    Object.entries(STATES).find(([, own]) => own === status.state) ?? [];
  return {
    id: status.id,
    state,
    description: status.description ?? null,
    targetUrl: status.targetUrl ?? null,
    context: { name: status.context, genre: 'jenkins' },
    creationDate: status.createdAt,
  };
}
