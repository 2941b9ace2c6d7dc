// SPDX-License-Identifier: Apache-2.0
import type { BareRepository } from './BareRepository';
import { runGit } from './runGit';

/** Who did something in a commit, and when (ISO 8601). */
export interface CommitPerson {
  name: string;
  email: string;
  date: string;
}

/** One commit as git tells it. */
export interface GitCommit {
  sha: string;
  tree: string;
  parents: string[];
  author: CommitPerson;
  committer: CommitPerson;
  message: string;
}

const FORMAT = [
  '%H',
  '%T',
  '%P',
  '%an',
  '%ae',
  '%aI',
  '%cn',
  '%ce',
  '%cI',
  '%B',
].join('%x1f');

/** Options of {@link readCommits}. */
export interface ReadCommitsOptions {
  /** A commit, or `base..head` for the commits that only head has. */
  range: string;
  path?: string;
  limit?: number;
  skip?: number;
  since?: string;
}

/** The commits of a range, newest first. */
export async function readCommits(
  repository: BareRepository,
  options: ReadCommitsOptions,
): Promise<GitCommit[]> {
  const { range, path, limit, skip, since } = options;
  const out = await runGit({
    directory: repository.directory,
    args: [
      'log',
      `--format=${FORMAT}%x1e`,
      ...(limit === undefined ? [] : [`--max-count=${limit}`]),
      ...(skip ? [`--skip=${skip}`] : []),
      ...(since ? [`--since=${since}`] : []),
      range,
      '--',
      ...(path ? [path] : []),
    ],
    env: { GIT_LITERAL_PATHSPECS: '1' },
  });
  return out
    .toString('utf8')
    .split('\x1e')
    .map(record => record.replace(/^\n/, ''))
    .filter(Boolean)
    .map(parseCommit);
}

function parseCommit(record: string): GitCommit {
  const [sha, tree, parents, an, ae, ad, cn, ce, cd, ...message] =
    record.split('\x1f');
  return {
    sha,
    tree,
    parents: parents.split(' ').filter(Boolean),
    author: { name: an, email: ae, date: ad },
    committer: { name: cn, email: ce, date: cd },
    message: message.join('\x1f').trimEnd(),
  };
}
