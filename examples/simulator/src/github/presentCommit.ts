// SPDX-License-Identifier: Apache-2.0
import type { GitCommit } from '../git/readCommits';
import type { GithubUrls } from './GithubUrls';
import type { CommitStatus, RepositoryRecord } from '../forge/repositoryRecord';

/** A commit as the REST API shows it. */
export function presentCommit(
  commit: GitCommit,
  record: RepositoryRecord,
  urls: GithubUrls,
): Record<string, unknown> {
  const { owner, name } = record;
  const api = (...rest: string[]) => urls.api('repos', owner, name, ...rest);
  return {
    sha: commit.sha,
    url: api('commits', commit.sha),
    html_url: urls.page(owner, name, 'commit', commit.sha),
    author: null,
    committer: null,
    commit: {
      url: api('git', 'commits', commit.sha),
      message: commit.message,
      author: commit.author,
      committer: commit.committer,
      tree: { sha: commit.tree, url: api('git', 'trees', commit.tree) },
      comment_count: 0,
    },
    parents: commit.parents.map(sha => ({
      sha,
      url: api('commits', sha),
      html_url: urls.page(owner, name, 'commit', sha),
    })),
  };
}

/** A commit status as the REST API shows it. */
export function presentStatus(
  status: CommitStatus,
  urls: GithubUrls,
): Record<string, unknown> {
  return {
    id: status.id,
    state: status.state,
    context: status.context,
    description: status.description ?? null,
    target_url: status.targetUrl ?? null,
    creator: { login: status.creator, html_url: urls.page(status.creator) },
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

/** The newest status of each context, and what they amount to together. */
export function combineStatuses(statuses: readonly CommitStatus[]): {
  state: 'failure' | 'pending' | 'success';
  latest: CommitStatus[];
} {
  const latest = [
    ...new Map(statuses.map(status => [status.context, status])).values(),
  ];
  if (latest.some(({ state }) => state === 'error' || state === 'failure')) {
    return { state: 'failure', latest };
  }
  const done =
    latest.length > 0 && latest.every(({ state }) => state === 'success');
  return { state: done ? 'success' : 'pending', latest };
}
