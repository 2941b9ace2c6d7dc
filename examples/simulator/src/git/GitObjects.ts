// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import type { BareRepository } from './BareRepository';
import type { CommitPerson } from './readCommits';
import { runGit, tryGit } from './runGit';

/** What becomes of one path of a tree; without content and id it is removed. */
export interface TreeChange {
  path: string;
  mode: string;
  content?: string;
  sha?: string;
}

/** Writes single objects into a bare repository, as GitHub's Git database routes do. */
export class GitObjects {
  readonly #directory: string;

  constructor(repository: BareRepository) {
    this.#directory = repository.directory;
  }

  /** Keeps the bytes of a file and answers their id. */
  async writeBlob(content: string | Uint8Array): Promise<string> {
    return this.#run({
      args: ['hash-object', '-w', '--stdin'],
      input: content,
    });
  }

  /**
   * Makes a tree of another one and changes, and answers its id.
   *
   * @throws InputError when Git refuses a path.
   */
  async writeTree(options: {
    base?: string;
    changes: readonly TreeChange[];
  }): Promise<string> {
    const scratch = await mkdtemp(join(tmpdir(), 'simulator-index-'));
    try {
      const env = { GIT_INDEX_FILE: join(scratch, 'index') };
      if (options.base) {
        await this.#run({ env, args: ['read-tree', options.base] });
      }
      for (const { path, mode, content, sha } of options.changes) {
        const blob =
          content === undefined ? sha : await this.writeBlob(content);
        const staged = await tryGit({
          directory: this.#directory,
          env,
          args: ['update-index', '-z', '--index-info'],
          input: blob
            ? `${mode} ${blob}\t${path}\0`
            : `0 ${'0'.repeat(40)}\t${path}\0`,
        });
        if (staged.code !== 0) {
          throw new InputError(`tree.path contains a malformed path component`);
        }
      }
      return await this.#run({ env, args: ['write-tree'] });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  /** Makes a commit that no branch has yet, and answers its id. */
  async writeCommit(options: {
    tree: string;
    parents: readonly string[];
    message: string;
    author: CommitPerson;
  }): Promise<string> {
    const { tree, parents, message, author } = options;
    return this.#run({
      args: ['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent])],
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
  }

  /** Lets a branch point at a commit, whatever it pointed at before. */
  async setBranch(branch: string, commit: string): Promise<void> {
    await this.#run({ args: ['update-ref', `refs/heads/${branch}`, commit] });
  }

  async #run(options: {
    args: string[];
    input?: string | Uint8Array;
    env?: Record<string, string>;
  }): Promise<string> {
    const out = await runGit({ directory: this.#directory, ...options });
    return out.toString('utf8').trim();
  }
}
