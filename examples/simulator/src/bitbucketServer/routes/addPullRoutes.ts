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
  type BitbucketServerContext,
} from '../BitbucketServerContext';
import { bitbucketServerError } from '../bitbucketServerError';
import { pageOf } from '../pageOf';
import { presentRepository } from '../presentRepository';

const HEADS = 'refs/heads/';

const ref = z
  .object({
    id: z.string(),
    repository: z.object({
      slug: z.string(),
      project: z.object({ key: z.string() }),
    }),
  })
  .transform(({ id }) => id.replace(HEADS, ''));
const reviewers = z.array(
  z
    .object({ user: z.object({ name: z.string() }) })
    .transform(({ user }) => user.name),
);

const newPull = z.object({
  title: z.string(),
  description: z.string().default(''),
  fromRef: ref,
  toRef: ref,
  reviewers: reviewers.default([]),
});

const changedPull = z.object({
  version: z.number(),
  title: z.string(),
  description: z.string().default(''),
  reviewers: reviewers.default([]),
});

/** Adds the routes that open, show, change and merge pull requests. */
export function addPullRoutes(
  router: FetchRouter,
  context: BitbucketServerContext,
): void {
  const { repositories, clock, inRepository } = context;
  const base = `${REPOSITORY}/pull-requests`;
  const present = (repository: ForgeRepository, pull: PullRequest) => {
    const { owner, name } = repository.record.value;
    const refOf = (branch: string) => ({
      id: `${HEADS}${branch}`,
      displayId: branch,
      type: 'BRANCH',
      repository: presentRepository(repository, context.url),
    });
    const at = `${context.url}/projects/${owner}/repos/${name}/pull-requests`;
    return {
      id: pull.number,
      version: pull.version,
      title: pull.title,
      description: pull.body,
      state: stateOf(pull),
      open: pull.state === 'open',
      closed: pull.state === 'closed',
      fromRef: refOf(pull.head),
      toRef: refOf(pull.base),
      author: { user: { name: pull.author } },
      reviewers: pull.reviewers.map(login => ({ user: { name: login } })),
      links: { self: [{ href: `${at}/${pull.number}` }] },
    };
  };
  const withPull = (
    handler: (call: ForgeCall, pull: PullRequest) => Promise<Response>,
  ) =>
    inRepository(async call => {
      const pull = findPull(call.repository, call.params.id);
      return pull
        ? handler(call, pull)
        : bitbucketServerError(
            404,
            `No pull request exists with ID ${call.params.id} for this repository`,
            'com.atlassian.bitbucket.pull.NoSuchPullRequestException',
          );
    });
  router
    .on(
      'GET',
      base,
      inRepository(async ({ repository, url }) => {
        const { searchParams } = url;
        const state = searchParams.get('state') ?? 'OPEN';
        const at = searchParams.get('at');
        const side =
          searchParams.get('direction') === 'OUTGOING' ? 'head' : 'base';
        return Response.json(
          pageOf(
            repository.record.value.pulls
              .filter(pull => state === 'ALL' || stateOf(pull) === state)
              .filter(pull => !at || `${HEADS}${pull[side]}` === at)
              .map(pull => present(repository, pull)),
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
        const { fromRef: head, toRef: target } = wanted;
        const branches = await repository.git.branches();
        const missing = [head, target].find(name => !branches.has(name));
        if (missing) {
          return bitbucketServerError(
            404,
            `Repository "${repository.record.value.name}" does not contain a ref "${HEADS}${missing}"`,
            'com.atlassian.bitbucket.repository.NoSuchBranchException',
          );
        }
        const { pulls } = repository.record.value;
        if (
          pulls.some(
            one =>
              one.state === 'open' && one.head === head && one.base === target,
          )
        ) {
          return bitbucketServerError(
            409,
            'Only one pull request may be open for a given source and target branch',
            'com.atlassian.bitbucket.pull.DuplicatePullRequestException',
          );
        }
        const pull = addPull(repository, {
          title: wanted.title,
          body: wanted.description,
          head,
          base: target,
          author: login,
          reviewers: wanted.reviewers,
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
        if (wanted.version !== pull.version) {
          return outOfDate();
        }
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
      withPull(async ({ repository, login, url }, pull) => {
        if (url.searchParams.get('version') !== String(pull.version)) {
          return outOfDate();
        }
        const merged = await mergePull({
          repositories,
          repository,
          clock,
          pull,
          login,
        });
        return merged
          ? Response.json(present(repository, merged))
          : bitbucketServerError(
              409,
              'This pull request has already been merged',
              'com.atlassian.bitbucket.pull.IllegalPullRequestStateException',
            );
      }),
    );
}

function outOfDate(): Response {
  return bitbucketServerError(
    409,
    'You are attempting to modify a pull request based on out-of-date information.',
    'com.atlassian.bitbucket.pull.PullRequestOutOfDateException',
  );
}

function stateOf(pull: PullRequest): 'OPEN' | 'MERGED' | 'DECLINED' {
  if (pull.state === 'open') {
    return 'OPEN';
  }
  return pull.mergedAt ? 'MERGED' : 'DECLINED';
}
