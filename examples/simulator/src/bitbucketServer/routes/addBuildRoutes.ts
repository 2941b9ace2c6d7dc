// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { addStatus } from '../../forge/addStatus';
import type { CommitStatus } from '../../forge/repositoryRecord';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import {
  REPOSITORY,
  type BitbucketServerContext,
} from '../BitbucketServerContext';
import { bitbucketServerError } from '../bitbucketServerError';
import { pageOf } from '../pageOf';

const STATES = {
  INPROGRESS: 'pending',
  SUCCESSFUL: 'success',
  FAILED: 'failure',
  CANCELLED: 'error',
  UNKNOWN: 'error',
} as const;

const newBuild = z.object({
  key: z.string().min(1).max(255),
  state: z.enum(['INPROGRESS', 'SUCCESSFUL', 'FAILED', 'CANCELLED', 'UNKNOWN']),
  url: z.url().max(450),
  name: z.string().max(255).optional(),
  description: z.string().max(255).optional(),
});

/** Adds the routes about the builds of a commit: one by each key, the last word of which counts. */
export function addBuildRoutes(
  router: FetchRouter,
  { repositories, accounts, clock, inRepository }: BitbucketServerContext,
): void {
  const base = `${REPOSITORY}/commits/:sha/builds`;
  router
    .on(
      'POST',
      base,
      inRepository(async ({ request, repository, params, login }) => {
        const sha = await repository.git.resolve(params.sha);
        if (!sha) {
          return bitbucketServerError(
            404,
            `Commit '${params.sha}' does not exist in repository '${params.slug}'.`,
            'com.atlassian.bitbucket.commit.NoSuchCommitException',
          );
        }
        const build = await parseJsonBody(newBuild, request);
        addStatus(repository, sha, {
          state: STATES[build.state],
          context: build.key,
          description: build.description,
          targetUrl: build.url,
          creator: login,
          createdAt: clock.now().toISOString(),
        });
        return new Response(null, { status: 204 });
      }),
    )
    .on(
      'GET',
      '/rest/build-status/1.0/commits/:sha',
      async (request, { params, url }) => {
        if (!accounts.loginOf(request)) {
          return bitbucketServerError(
            401,
            'You are not permitted to access this resource',
            'com.atlassian.bitbucket.AuthorisationException',
          );
        }
        const builds = repositories
          .list()
          .flatMap(({ record }) => record.value.statuses[params.sha] ?? []);
        const last = new Map(builds.map(build => [build.context, build]));
        return Response.json(pageOf([...last.values()].map(present), url));
      },
    );
}

function present(build: CommitStatus): Record<string, unknown> {
  return {
    key: build.context,
    state: Object.entries(STATES).find(([, is]) => is === build.state)?.[0],
    url: build.targetUrl,
    description: build.description,
  };
}
