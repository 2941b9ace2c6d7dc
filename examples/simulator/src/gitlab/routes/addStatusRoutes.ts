// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { addStatus } from '../../forge/addStatus';
import type { CommitStatus } from '../../forge/repositoryRecord';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { inProject, type GitlabContext } from '../GitlabContext';
import { gitlabError } from '../gitlabError';

const STATES = {
  pending: 'pending',
  running: 'pending',
  success: 'success',
  failed: 'failure',
  canceled: 'error',
} as const;

const newStatus = z.object({
  state: z.enum(['pending', 'running', 'success', 'failed', 'canceled']),
  name: z.string().optional(),
  context: z.string().optional(),
  description: z.string().optional(),
  target_url: z.string().optional(),
});

/** Adds the routes about commit statuses. */
export function addStatusRoutes(
  router: FetchRouter,
  context: GitlabContext,
): void {
  router
    .on(
      'POST',
      '/api/v4/projects/:id/statuses/:sha',
      inProject(context, async ({ request, repository, params, login }) => {
        const wanted = await parseJsonBody(newStatus, request);
        const sha = await repository.git.resolve(params.sha);
        if (!sha) {
          return gitlabError(404, '404 Commit Not Found');
        }
        const name = wanted.name ?? wanted.context ?? 'default';
        const state = STATES[wanted.state];
        const last = repository.record.value.statuses[sha]
          ?.filter(status => status.context === name)
          .at(-1);
        if (last?.state === state) {
          return gitlabError(
            400,
            `Cannot transition status via :${wanted.state} from :${wanted.state}`,
          );
        }
        const status = addStatus(repository, sha, {
          state,
          context: name,
          description: wanted.description,
          targetUrl: wanted.target_url,
          creator: login,
          createdAt: context.clock.now().toISOString(),
        });
        return Response.json(present(status), { status: 201 });
      }),
    )
    .on(
      'GET',
      '/api/v4/projects/:id/repository/commits/:sha/statuses',
      inProject(context, async ({ repository, params }) => {
        const sha = await repository.git.resolve(params.sha);
        const known = sha ? repository.record.value.statuses[sha] ?? [] : [];
        return Response.json(known.map(present));
      }),
    );
}

function present(status: CommitStatus): Record<string, unknown> {
  return {
    id: status.id,
    name: status.context,
    status: status.state === 'failure' ? 'failed' : status.state,
    description: status.description ?? null,
    target_url: status.targetUrl ?? null,
  };
}
