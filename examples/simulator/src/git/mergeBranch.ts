// SPDX-License-Identifier: Apache-2.0
import type { BareRepository } from './BareRepository';
import type { CommitPerson } from './readCommits';
import { runGit, tryGit } from './runGit';

/** Options of {@link mergeBranch}. */
export interface MergeBranchOptions {
  base: string;
  head: string;
  message: string;
  author: CommitPerson;
}

/** Merges one branch into another with a merge commit; nothing when they conflict. */
export async function mergeBranch(
  repository: BareRepository,
  options: MergeBranchOptions,
): Promise<string | undefined> {
  const { base, head, message, author } = options;
  const { directory } = repository;
  const merged = await tryGit({
    directory,
    args: ['merge-tree', '--write-tree', base, head],
  });
  if (merged.code !== 0) {
    return undefined;
  }
  const [tree] = merged.stdout.toString('utf8').split('\n');
  const commit = await runGit({
    directory,
    args: ['commit-tree', tree, '-p', base, '-p', head],
    input: message,
    env: {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: author.date,
      GIT_COMMITTER_NAME: author.name,
      GIT_COMMITTER_EMAIL: author.email,
      GIT_COMMITTER_DATE: author.date,
    },
  });
  const sha = commit.toString('utf8').trim();
  await runGit({ directory, args: ['update-ref', `refs/heads/${base}`, sha] });
  return sha;
}
