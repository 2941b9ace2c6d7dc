// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { addStatus } from '../../forge/addStatus';
import type { CommitStatus } from '../../forge/repositoryRecord';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import {
  REPOSITORY,
  type BitbucketCloudContext,
} from '../BitbucketCloudContext';
import { bitbucketCloudError } from '../bitbucketCloudError';
import { listOf } from '../listOf';

const STATES = {
  INPROGRESS: 'pending',
  SUCCESSFUL: 'success',
  FAILED: 'failure',
  STOPPED: 'error',
} as const;

const newStatus = z.object({
  key: z.string().min(1).max(40),
  state: z.enum(['INPROGRESS', 'SUCCESSFUL', 'FAILED', 'STOPPED']),
  url: z.url(),
  name: z.string().optional(),
  description: z.string().optional(),
});

/** Adds the routes about commit statuses. */
export function addStatusRoutes(
  router: FetchRouter,
  { clock, inRepository }: BitbucketCloudContext,
): void {
  const base = `${REPOSITORY}/commit/:sha/statuses`;
  router
    .on(
      'POST',
      `${base}/build`,
      inRepository(async ({ request, repository, params, login }) => {
        const sha = await repository.git.resolve(params.sha);
        if (!sha) {
          return bitbucketCloudError(404, 'Commit not found');
        }
        const wanted = await parseJsonBody(newStatus, request);
        const status = addStatus(repository, sha, {
          state: STATES[wanted.state],
          context: wanted.name ?? wanted.key,
          description: wanted.description,
          targetUrl: wanted.url,
          creator: login,
          createdAt: clock.now().toISOString(),
        });
        return Response.json(present(status), { status: 201 });
      }),
    )
    .on(
      'GET',
      base,
      inRepository(async ({ repository, params, url }) => {
        const sha = await repository.git.resolve(params.sha);
        const known = repository.record.value.statuses[sha ?? ''] ?? [];
        return Response.json(listOf(known.map(present), url));
      }),
    );
}

function present(status: CommitStatus): Record<string, unknown> {
  return {
    type: 'build',
    name: status.context,
    state: Object.entries(STATES).find(([, is]) => is === status.state)?.[0],
    description: status.description,
    url: status.targetUrl,
  };
}
