// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { GithubContext, inRepository } from '../GithubContext';
import { githubError } from '../githubError';
import type { RepositoryHook } from '../../forge/repositoryRecord';

const newHook = z.object({
  active: z.boolean().optional(),
  events: z.array(z.string()).optional(),
  config: z.object({ url: z.url(), secret: z.string().optional() }),
});

/** Adds the routes that list, add and remove a repository's own webhooks. */
export function addHookRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  router
    .on(
      'GET',
      '/api/v3/repos/:owner/:repo/hooks',
      inRepository(context, async ({ repository }) =>
        Response.json(repository.record.value.hooks.map(present)),
      ),
    )
    .on(
      'POST',
      '/api/v3/repos/:owner/:repo/hooks',
      inRepository(context, async ({ request, repository }) => {
        const wanted = await parseJsonBody(newHook, request);
        const { record } = repository;
        const { hooks } = record.value;
        if (hooks.some(hook => hook.url === wanted.config.url)) {
          return githubError(422, 'Hook already exists on this repository');
        }
        const hook = {
          id: Math.max(0, ...hooks.map(({ id }) => id)) + 1,
          url: wanted.config.url,
          secret: wanted.config.secret,
          events: wanted.events ?? ['push'],
          active: wanted.active ?? true,
        };
        record.write({ ...record.value, hooks: [...hooks, hook] });
        return Response.json(present(hook), { status: 201 });
      }),
    )
    .on(
      'DELETE',
      '/api/v3/repos/:owner/:repo/hooks/:id',
      inRepository(context, async ({ repository, params }) => {
        const { record } = repository;
        const hooks = record.value.hooks.filter(
          hook => String(hook.id) !== params.id,
        );
        record.write({ ...record.value, hooks });
        return new Response(undefined, { status: 204 });
      }),
    );
}

function present(hook: RepositoryHook): Record<string, unknown> {
  return {
    id: hook.id,
    type: 'Repository',
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: { url: hook.url, content_type: 'json' },
  };
}
