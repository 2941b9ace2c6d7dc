// SPDX-License-Identifier: Apache-2.0
import { FetchRouter } from '../../http/FetchRouter';
import { readComparison } from '../../git/readComparison';
import { readCommits } from '../../git/readCommits';
import { GithubContext, inRepository, RepositoryCall } from '../GithubContext';
import { githubError } from '../githubError';
import type { GithubUrls } from '../GithubUrls';
import { presentCommit } from '../presentCommit';

/** Adds the routes about commits, branches, references and comparisons. */
export function addCommitRoutes(
  router: FetchRouter,
  context: GithubContext,
): void {
  const { urls } = context;
  const base = '/api/v3/repos/:owner/:repo';
  router
    .on(
      'GET',
      `${base}/commits`,
      inRepository(context, async call => listCommits(call, urls)),
    )
    .on(
      'GET',
      `${base}/commits/:ref`,
      inRepository(context, async call => oneCommit(call, urls)),
    )
    .on(
      'GET',
      `${base}/branches`,
      inRepository(context, async ({ repository }) => {
        const branches = await repository.git.branches();
        return Response.json(
          [...branches].map(([name, sha]) => ({
            name,
            commit: { sha },
            protected: false,
          })),
        );
      }),
    )
    .on(
      'GET',
      `${base}/branches/*`,
      inRepository(context, async ({ repository, params }) => {
        const sha = (await repository.git.branches()).get(params.rest);
        if (!sha) {
          return githubError(404, 'Branch not found');
        }
        const range = { range: sha, limit: 1 };
        const [commit] = await readCommits(repository.git, range);
        return Response.json({
          name: params.rest,
          commit: presentCommit(commit, repository.record.value, urls),
          protected: false,
        });
      }),
    )
    .on(
      'GET',
      `${base}/git/ref/heads/*`,
      inRepository(context, async ({ repository, params }) => {
        const sha = (await repository.git.branches()).get(params.rest);
        return sha
          ? Response.json({
              ref: `refs/heads/${params.rest}`,
              object: { type: 'commit', sha },
            })
          : githubError(404, 'Not Found');
      }),
    )
    .on(
      'GET',
      `${base}/compare/*`,
      inRepository(context, async call => compare(call, urls)),
    );
}

async function listCommits(
  call: RepositoryCall,
  urls: GithubUrls,
): Promise<Response> {
  const { repository, url } = call;
  const query = url.searchParams;
  const record = repository.record.value;
  const sha = await repository.git.resolve(
    query.get('sha') ?? record.defaultBranch,
  );
  if (!sha) {
    return query.has('sha')
      ? githubError(404, 'Not Found')
      : githubError(409, 'Git Repository is empty.');
  }
  const limit = Math.min(100, Number(query.get('per_page')) || 30);
  const page = Math.max(1, Number(query.get('page')) || 1);
  const commits = await readCommits(repository.git, {
    range: sha,
    path: query.get('path') ?? undefined,
    since: query.get('since') ?? undefined,
    limit,
    skip: (page - 1) * limit,
  });
  return Response.json(commits.map(one => presentCommit(one, record, urls)));
}

async function oneCommit(
  call: RepositoryCall,
  urls: GithubUrls,
): Promise<Response> {
  const { request, repository, params } = call;
  const sha = await repository.git.resolve(params.ref);
  if (!sha) {
    return githubError(422, `No commit found for SHA: ${params.ref}`);
  }
  if ((request.headers.get('accept') ?? '').includes('sha')) {
    return new Response(sha, { headers: { 'content-type': 'text/plain' } });
  }
  const [commit] = await readCommits(repository.git, { range: sha, limit: 1 });
  const files = await readComparison(repository.git, {
    base: commit.parents[0],
    head: sha,
  });
  return Response.json({
    ...presentCommit(commit, repository.record.value, urls),
    files: files.files,
  });
}

async function compare(
  call: RepositoryCall,
  urls: GithubUrls,
): Promise<Response> {
  const { repository, params } = call;
  const record = repository.record.value;
  const [baseRef, headRef = ''] = params.rest.split('...');
  const base = await repository.git.resolve(baseRef);
  const head = await repository.git.resolve(headRef);
  if (!base || !head) {
    return githubError(404, 'Not Found');
  }
  const found = await readComparison(repository.git, { base, head });
  const present = (sha: string) =>
    readCommits(repository.git, { range: sha, limit: 1 }).then(([commit]) =>
      presentCommit(commit, record, urls),
    );
  return Response.json({
    html_url: urls.page(record.owner, record.name, 'compare', params.rest),
    base_commit: await present(base),
    merge_base_commit: await present(found.mergeBase ?? base),
    status: found.status,
    ahead_by: found.ahead.length,
    behind_by: found.behindBy,
    total_commits: found.ahead.length,
    commits: found.ahead.map(one => presentCommit(one, record, urls)).reverse(),
    files: found.files,
  });
}
