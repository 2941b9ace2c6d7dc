// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { addPull, changePull, findPull, mergePull } from '../../forge/pulls';
import { FetchRouter } from '../../http/FetchRouter';
import { parseJsonBody } from '../../http/parseJsonBody';
import { GithubContext, inRepository, RepositoryCall } from '../GithubContext';
import { githubError } from '../githubError';
import type { ForgeRepository } from '../../forge/ForgeRepositories';
import type { GithubUrls } from '../GithubUrls';
import type { PullRequest } from '../../forge/repositoryRecord';

const newPull = z.object({
  title: z.string(),
  body: z.string().nullish(),
  head: z.string(),
  base: z.string(),
});

const changedPull = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
});

const pullQuery = z.object({
  query: z.string().includes('associatedPullRequests'),
  variables: z.object({
    owner: z.string(),
    repo: z.string(),
    head: z.string(),
  }),
});

/** Adds the routes that open, show, change and merge pull requests within one repository. */
export function addPullRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  const { urls } = context;
  const base = '/api/v3/repos/:owner/:repo/pulls';
  router
    .on(
      'POST',
      base,
      inRepository(context, async call => openPullRequest(call, context)),
    )
    .on(
      'GET',
      base,
      inRepository(context, async ({ repository, url }) => {
        const head = url.searchParams.get('head');
        const state = url.searchParams.get('state') ?? 'open';
        const pulls = repository.record.value.pulls.filter(
          pull =>
            (state === 'all' || pull.state === state) &&
            (!head || head.endsWith(`:${pull.head}`)),
        );
        return Response.json(
          await Promise.all(
            pulls.map(pull => presentPull(repository, pull, urls)),
          ),
        );
      }),
    )
    .on(
      'GET',
      `${base}/:number`,
      inRepository(context, async ({ repository, params }) => {
        const pull = findPull(repository, params.number);
        return pull
          ? Response.json(await presentPull(repository, pull, urls))
          : githubError(404, 'Not Found');
      }),
    )
    .on(
      'PATCH',
      `${base}/:number`,
      inRepository(context, async call => changePullRequest(call, context)),
    )
    // The one question that Backstage asks in GraphQL: has this branch a pull request?
    .on('POST', '/api/graphql', async request => {
      const { variables } = await parseJsonBody(pullQuery, request);
      const { owner, repo, head } = variables;
      const repository = context.accounts.loginOf(request)
        ? context.repositories.find(owner, repo)
        : undefined;
      return Response.json({
        data: {
          repository: repository
            ? { ref: await refOf(repository, { head, urls }) }
            : null,
        },
      });
    })
    .on(
      'PUT',
      `${base}/:number/merge`,
      inRepository(context, async call => mergePullRequest(call, context)),
    );
}

async function openPullRequest(
  call: RepositoryCall,
  context: GithubContext,
): Promise<Response> {
  const { request, repository, login = 'unknown' } = call;
  const wanted = await parseJsonBody(newPull, request);
  const head = wanted.head.slice(wanted.head.indexOf(':') + 1);
  const branches = await repository.git.branches();
  if (!branches.has(head) || !branches.has(wanted.base)) {
    return githubError(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        field: branches.has(head) ? 'base' : 'head',
        message: 'is not a branch of this repository',
      },
    ]);
  }
  const pull = addPull(repository, {
    title: wanted.title,
    body: wanted.body ?? '',
    head,
    base: wanted.base,
    author: login,
    createdAt: context.clock.now().toISOString(),
  });
  return Response.json(await presentPull(repository, pull, context.urls), {
    status: 201,
  });
}

async function changePullRequest(
  call: RepositoryCall,
  context: GithubContext,
): Promise<Response> {
  const { request, repository, params } = call;
  const wanted = await parseJsonBody(changedPull, request);
  const pull = findPull(repository, params.number);
  if (!pull) {
    return githubError(404, 'Not Found');
  }
  const changed = changePull(repository, pull, {
    title: wanted.title ?? pull.title,
    body: wanted.body ?? pull.body,
  });
  return Response.json(await presentPull(repository, changed, context.urls));
}

/** A branch and its open pull request, as GraphQL shows them. */
async function refOf(
  repository: ForgeRepository,
  options: { head: string; urls: GithubUrls },
) {
  const { head, urls } = options;
  if (!(await repository.git.branches()).has(head)) {
    return null;
  }
  const { owner, name, pulls } = repository.record.value;
  const open = pulls.find(pull => pull.head === head && pull.state === 'open');
  return {
    associatedPullRequests: {
      edges: open
        ? [
            {
              node: {
                id: String(open.number),
                number: open.number,
                url: urls.page(owner, name, 'pull', String(open.number)),
              },
            },
          ]
        : [],
    },
  };
}

async function mergePullRequest(
  call: RepositoryCall,
  context: GithubContext,
): Promise<Response> {
  const { repository, params, login = 'unknown' } = call;
  const pull = findPull(repository, params.number);
  if (!pull) {
    return githubError(404, 'Not Found');
  }
  const merged = await mergePull({
    repositories: context.repositories,
    repository,
    clock: context.clock,
    pull,
    login,
  });
  if (!merged) {
    return githubError(405, 'Pull Request is not mergeable');
  }
  return Response.json({
    sha: merged.mergeCommit,
    merged: true,
    message: 'Pull Request successfully merged',
  });
}

async function presentPull(
  repository: ForgeRepository,
  pull: PullRequest,
  urls: GithubUrls,
): Promise<Record<string, unknown>> {
  const { owner, name } = repository.record.value;
  const branches = await repository.git.branches();
  const side = (branch: string) => ({
    ref: branch,
    label: `${owner}:${branch}`,
    sha: branches.get(branch) ?? null,
  });
  return {
    id: pull.number,
    number: pull.number,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    user: { login: pull.author },
    head: side(pull.head),
    base: side(pull.base),
    merged: pull.mergedAt !== undefined,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommit ?? null,
    created_at: pull.createdAt,
    html_url: urls.page(owner, name, 'pull', String(pull.number)),
    url: urls.api('repos', owner, name, 'pulls', String(pull.number)),
  };
}
