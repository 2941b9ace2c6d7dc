// SPDX-License-Identifier: Apache-2.0
import { mkdir } from 'node:fs/promises';
import { runGit, tryGit } from './runGit';

/** A file, folder or submodule at a commit. */
export interface TreeEntry {
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** In bytes, for files only. */
  size?: number;
  path: string;
}

const REF = /^[A-Za-z0-9][A-Za-z0-9._/+-]*$/;
const BRANCH_PREFIX = 'refs/heads/';

/** A bare git repository on the disk, read through the git command. */
export class BareRepository {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** Makes an empty repository whose HEAD points at the given branch. */
  static async create(options: {
    directory: string;
    defaultBranch: string;
  }): Promise<BareRepository> {
    const { directory, defaultBranch } = options;
    await mkdir(directory, { recursive: true });
    await runGit({
      directory,
      args: ['init', '--bare', '--quiet', `--initial-branch=${defaultBranch}`],
    });
    await runGit({
      directory,
      args: ['config', 'http.receivepack', 'true'],
    });
    return new BareRepository(directory);
  }

  /** The commit of each branch, by the branch's name. */
  async branches(): Promise<Map<string, string>> {
    const out = await runGit({
      directory: this.directory,
      args: [
        'for-each-ref',
        '--format=%(objectname) %(refname)',
        BRANCH_PREFIX,
      ],
    });
    const lines = out.toString('utf8').split('\n').filter(Boolean);
    return new Map(
      lines.map(line => [
        line.slice(line.indexOf(' ') + 1 + BRANCH_PREFIX.length),
        line.slice(0, line.indexOf(' ')),
      ]),
    );
  }

  /** The commit that a branch, tag or (short) commit id names; nothing when it names none. */
  async resolve(ref: string): Promise<string | undefined> {
    if (!REF.test(ref) || ref.includes('..')) {
      return undefined;
    }
    const result = await tryGit({
      directory: this.directory,
      args: ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`],
    });
    return result.code === 0
      ? result.stdout.toString('utf8').trim()
      : undefined;
  }

  /** What lies at a path of a commit; the empty path is the root folder. */
  async entry(commit: string, path: string): Promise<TreeEntry | undefined> {
    const clean = path.replace(/^\/+|\/+$/g, '');
    if (clean === '') {
      const out = await runGit({
        directory: this.directory,
        args: ['rev-parse', `${commit}^{tree}`],
      });
      const sha = out.toString('utf8').trim();
      return { mode: '040000', type: 'tree', sha, path: '' };
    }
    const found = await this.#lsTree([commit, '--', clean]);
    return found.find(entry => entry.path === clean);
  }

  /** The entries of a tree, one level or all of them, with paths from that tree on. */
  async entries(
    tree: string,
    options?: { recursive?: boolean },
  ): Promise<TreeEntry[]> {
    return this.#lsTree([...(options?.recursive ? ['-r', '-t'] : []), tree]);
  }

  /** The bytes of a file. */
  async blob(sha: string): Promise<Buffer> {
    return runGit({
      directory: this.directory,
      args: ['cat-file', 'blob', sha],
    });
  }

  /** The text of a file at a commit; nothing when there is no such file. */
  async text(commit: string, path: string): Promise<string | undefined> {
    const entry = await this.entry(commit, path);
    return entry?.type === 'blob'
      ? (await this.blob(entry.sha)).toString('utf8')
      : undefined;
  }

  /** A commit's content as an archive, below one folder of the given name. */
  async archive(options: {
    commit: string;
    format: 'tar.gz' | 'zip';
    folder: string;
  }): Promise<Buffer> {
    const { commit, format, folder } = options;
    return runGit({
      directory: this.directory,
      args: ['archive', `--format=${format}`, `--prefix=${folder}/`, commit],
    });
  }

  async #lsTree(args: string[]): Promise<TreeEntry[]> {
    const out = await runGit({
      directory: this.directory,
      args: ['ls-tree', '-z', '-l', '--full-tree', ...args],
      env: { GIT_LITERAL_PATHSPECS: '1' },
    });
    return out.toString('utf8').split('\0').filter(Boolean).map(parseEntry);
  }
}

function parseEntry(line: string): TreeEntry {
  const tab = line.indexOf('\t');
  const [mode, type, sha, size] = line.slice(0, tab).split(/ +/);
  return {
    mode,
    type: type === 'tree' || type === 'commit' ? type : 'blob',
    sha,
    size: size === '-' ? undefined : Number(size),
    path: line.slice(tab + 1),
  };
}
