// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { ForgeRepository } from '../../forge/ForgeRepositories';
import type { ForgeCall } from '../../forge/inKnownRepository';
import { addPull, changePull, findPull, mergePull } from '../../forge/pulls';
import type { PullRequest } from '../../forge/repositoryRecord';
import type { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import {
  REPOSITORY,
  WEB,
  type BitbucketCloudContext,
} from '../BitbucketCloudContext';
import { bitbucketCloudError } from '../bitbucketCloudError';
import { listOf } from '../listOf';
import { wantedBy } from '../wantedBy';

const side = z
  .object({ branch: z.object({ name: z.string() }) })
  .transform(({ branch }) => branch.name);

const words = {
  title: z.string(),
  description: z.string().default(''),
  reviewers: z
    .array(z.object({ uuid: z.string() }).transform(({ uuid }) => uuid))
    .default([]),
};
const newPull = z.object({ ...words, source: side, destination: side });
const changedPull = z.object(words);

/** Adds the routes that open, show, change and merge pull requests. */
export function addPullRoutes(
  router: FetchRouter,
  { repositories, clock, inRepository }: BitbucketCloudContext,
): void {
  const base = `${REPOSITORY}/pullrequests`;
  const withPull = (
    handler: (call: ForgeCall, pull: PullRequest) => Promise<Response>,
  ) =>
    inRepository(async call => {
      const pull = findPull(call.repository, call.params.id);
      return pull ? handler(call, pull) : bitbucketCloudError(404, 'Not found');
    });
  router
    .on(
      'GET',
      base,
      inRepository(async ({ repository, url }) => {
        const states = url.searchParams.getAll('state');
        const branch = wantedBy('source.branch.name', url);
        const pulls = repository.record.value.pulls
          .filter(pull =>
            (states.length ? states : ['OPEN']).includes(stateOf(pull)),
          )
          .filter(pull => branch === undefined || pull.head === branch);
        return Response.json(
          listOf(
            pulls.map(pull => present(repository, pull)),
            url,
          ),
        );
      }),
    )
    .on(
      'POST',
      base,
      inRepository(async ({ request, repository, login }) => {
        const wanted = await parseJsonBody(newPull, request);
        const branches = await repository.git.branches();
        if (!branches.has(wanted.source) || !branches.has(wanted.destination)) {
          return bitbucketCloudError(400, 'branch not found');
        }
        const pull = addPull(repository, {
          title: wanted.title,
          body: wanted.description,
          head: wanted.source,
          base: wanted.destination,
          reviewers: wanted.reviewers,
          author: login,
          createdAt: clock.now().toISOString(),
        });
        return Response.json(present(repository, pull), { status: 201 });
      }),
    )
    .on(
      'GET',
      `${base}/:id`,
      withPull(async ({ repository }, pull) =>
        Response.json(present(repository, pull)),
      ),
    )
    .on(
      'PUT',
      `${base}/:id`,
      withPull(async ({ request, repository }, pull) => {
        const wanted = await parseJsonBody(changedPull, request);
        const changed = changePull(repository, pull, {
          title: wanted.title,
          body: wanted.description,
          // Those that are not named are none any more.
          reviewers: wanted.reviewers,
        });
        return Response.json(present(repository, changed));
      }),
    )
    .on(
      'POST',
      `${base}/:id/merge`,
      withPull(async ({ repository, login }, pull) => {
        const merged = await mergePull({
          repositories,
          repository,
          clock,
          pull,
          login,
        });
        return merged
          ? Response.json(present(repository, merged))
          : bitbucketCloudError(400, 'This pull request is already closed.');
      }),
    );
}

function present(
  repository: ForgeRepository,
  pull: PullRequest,
): Record<string, unknown> {
  const { owner, name } = repository.record.value;
  const sideOf = (branch: string) => ({
    branch: { name: branch },
    repository: { full_name: `${owner}/${name}` },
  });
  return {
    type: 'pullrequest',
    id: pull.number,
    title: pull.title,
    description: pull.body,
    state: stateOf(pull),
    source: sideOf(pull.head),
    destination: sideOf(pull.base),
    reviewers: pull.reviewers.map(uuid => ({ uuid })),
    links: {
      html: { href: `${WEB}/${owner}/${name}/pull-requests/${pull.number}` },
    },
  };
}

function stateOf(pull: PullRequest): 'OPEN' | 'MERGED' | 'DECLINED' {
  if (pull.state === 'open') {
    return 'OPEN';
  }
  return pull.mergedAt ? 'MERGED' : 'DECLINED';
}
