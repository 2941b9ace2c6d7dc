// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import type { BareRepository } from './BareRepository';
import type { CommitPerson } from './readCommits';
import { runGit, tryGit } from './runGit';

/** Options of {@link commitFiles}. */
export interface CommitFilesOptions {
  branch: string;
  /** Where the branch begins when it is not there yet; without it the branch has no past. */
  startBranch?: string;
  message: string;
  author: CommitPerson;
  /** The new content of each path; `undefined` removes the file. */
  files: Record<string, string | Uint8Array | undefined>;
  /** The paths of those that are to be executable; the others stay what they are. */
  executable?: readonly string[];
}

/**
 * Adds one commit to a branch of a bare repository, without a work tree.
 *
 * @throws ConflictError when the branch moved in between.
 */
export async function commitFiles(
  repository: BareRepository,
  options: CommitFilesOptions,
): Promise<string> {
  const { branch, startBranch, message, author, files } = options;
  const executable = new Set(options.executable);
  const { directory } = repository;
  const old = await repository.resolve(`refs/heads/${branch}`);
  const parent =
    old ??
    (startBranch && (await repository.resolve(`refs/heads/${startBranch}`)));
  const scratch = await mkdtemp(join(tmpdir(), 'simulator-index-'));
  try {
    const env = { GIT_INDEX_FILE: join(scratch, 'index') };
    if (parent) {
      await runGit({ directory, env, args: ['read-tree', parent] });
    }
    for (const [path, content] of Object.entries(files)) {
      await stage({
        directory,
        env,
        path,
        content,
        executable: executable.has(path),
      });
    }
    const tree = text(await runGit({ directory, env, args: ['write-tree'] }));
    const commit = text(
      await runGit({
        directory,
        args: ['commit-tree', tree, ...(parent ? ['-p', parent] : [])],
        input: message,
        env: {
          GIT_AUTHOR_NAME: author.name,
          GIT_AUTHOR_EMAIL: author.email,
          GIT_AUTHOR_DATE: author.date,
          GIT_COMMITTER_NAME: author.name,
          GIT_COMMITTER_EMAIL: author.email,
          GIT_COMMITTER_DATE: author.date,
        },
      }),
    );
    await moveBranch({ directory, branch, commit, old });
    return commit;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function stage(options: {
  directory: string;
  env: Record<string, string>;
  path: string;
  content: string | Uint8Array | undefined;
  executable: boolean;
}): Promise<void> {
  const { directory, env, path, content, executable } = options;
  if (content === undefined) {
    const input = `0 ${'0'.repeat(40)}\t${path}\0`;
    const args = ['update-index', '-z', '--index-info'];
    await runGit({ directory, env, args, input });
    return;
  }
  const blob = text(
    await runGit({
      directory,
      args: ['hash-object', '-w', '--stdin'],
      input: content,
    }),
  );
  const mode = executable ? '100755' : await modeOf({ directory, env, path });
  await runGit({
    directory,
    env,
    args: ['update-index', '-z', '--index-info'],
    input: `${mode} ${blob}\t${path}\0`,
  });
}

/** A changed script stays executable. */
async function modeOf(options: {
  directory: string;
  env: Record<string, string>;
  path: string;
}): Promise<string> {
  const { directory, env, path } = options;
  const args = ['ls-files', '--stage', '--', path];
  const listed = text(await runGit({ directory, env, args }));
  return listed === '' ? '100644' : listed.split(' ')[0];
}

async function moveBranch(options: {
  directory: string;
  branch: string;
  commit: string;
  old: string | undefined;
}): Promise<void> {
  const { directory, branch, commit, old } = options;
  const moved = await tryGit({
    directory,
    args: ['update-ref', `refs/heads/${branch}`, commit, old ?? '0'.repeat(40)],
  });
  if (moved.code !== 0) {
    throw new ConflictError(`The branch '${branch}' moved meanwhile`);
  }
}

function text(buffer: Buffer): string {
  return buffer.toString('utf8').trim();
}
