// SPDX-License-Identifier: Apache-2.0
import type { BareRepository } from './BareRepository';
import { GitCommit, readCommits } from './readCommits';
import { runGit, tryGit } from './runGit';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** A file that differs between two commits. */
export interface ChangedFile {
  filename: string;
  status: 'added' | 'modified' | 'removed';
  additions: number;
  deletions: number;
  changes: number;
}

/** How one commit differs from another. */
export interface Comparison {
  status: 'identical' | 'ahead' | 'behind' | 'diverged';
  mergeBase?: string;
  /** The commits that only the head has, newest first. */
  ahead: GitCommit[];
  behindBy: number;
  files: ChangedFile[];
}

/** Compares two commits from their common ancestor on; without a base, with nothing at all. */
export async function readComparison(
  repository: BareRepository,
  options: { base?: string; head: string },
): Promise<Comparison> {
  const { base, head } = options;
  if (!base) {
    const files = await readFiles(repository, EMPTY_TREE, head);
    return { status: 'ahead', ahead: [], behindBy: 0, files };
  }
  const { directory } = repository;
  const merge = await tryGit({ directory, args: ['merge-base', base, head] });
  const mergeBase =
    merge.code === 0 ? merge.stdout.toString('utf8').trim() : undefined;
  const ahead = await readCommits(repository, { range: `${base}..${head}` });
  const behind = await readCommits(repository, { range: `${head}..${base}` });
  return {
    status: statusOf(ahead.length, behind.length),
    mergeBase,
    ahead,
    behindBy: behind.length,
    files: await readFiles(repository, mergeBase ?? base, head),
  };
}

function statusOf(ahead: number, behind: number): Comparison['status'] {
  if (ahead > 0) {
    return behind > 0 ? 'diverged' : 'ahead';
  }
  return behind > 0 ? 'behind' : 'identical';
}

async function readFiles(
  repository: BareRepository,
  from: string,
  to: string,
): Promise<ChangedFile[]> {
  const { directory } = repository;
  const diff = (format: string) =>
    runGit({
      directory,
      args: ['diff', '--no-renames', '-z', format, from, to],
    }).then(out => out.toString('utf8').split('\0').filter(Boolean));
  const counts = await diff('--numstat');
  const names = await diff('--name-status');
  const letters = new Map<string, string>();
  for (let index = 0; index + 1 < names.length; index += 2) {
    letters.set(names[index + 1], names[index]);
  }
  return counts.map(line => {
    const [added, removed, ...path] = line.split('\t');
    const filename = path.join('\t');
    // Binary files have no line counts: git prints a dash.
    const additions = Number(added) || 0;
    const deletions = Number(removed) || 0;
    return {
      filename,
      status: fileStatus(letters.get(filename)),
      additions,
      deletions,
      changes: additions + deletions,
    };
  });
}

function fileStatus(letter: string | undefined): ChangedFile['status'] {
  switch (letter) {
    case 'A':
      return 'added';
    case 'D':
      return 'removed';
    default:
      return 'modified';
  }
}
