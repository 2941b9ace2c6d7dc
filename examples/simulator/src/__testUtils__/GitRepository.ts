// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gitEnvironment } from '../git/runGit';

const run = promisify(execFile);

/** A repository on a simulated host, as somebody with a checkout sees it. */
export class GitRepository {
  readonly #url: string;

  /** @param url - where Git finds it, with the credentials of somebody */
  constructor(url: string) {
    this.#url = url;
  }

  /** Makes its first commit, on `main`. */
  async fill(files: Record<string, string>): Promise<void> {
    await inFolder(async checkout => {
      await checkout.git('init', '--quiet', '--initial-branch=main');
      await this.#commit(checkout, { files, branch: 'main' });
    });
  }

  /** The content of a file on a branch; undefined when there is none. */
  async read(path: string, branch: string): Promise<string | undefined> {
    return this.#inCheckout(branch, ({ folder }) =>
      readText(join(folder, path)),
    );
  }

  /** Commits a file on a branch; what it holds is made of what it held. */
  async write(
    path: string,
    branch: string,
    edit: (text: string) => string,
  ): Promise<void> {
    await this.#inCheckout(branch, async checkout => {
      const text = (await readText(join(checkout.folder, path))) ?? '';
      await this.#commit(checkout, { files: { [path]: edit(text) }, branch });
    });
  }

  /** The mode that Git keeps of each file: `100755` when it is executable. */
  async modes(branch: string): Promise<Record<string, string>> {
    return this.#inCheckout(branch, async ({ git }) => {
      const lines = (await git('ls-files', '--stage')).trim().split('\n');
      return Object.fromEntries(
        lines.map(line => [line.split('\t')[1], line.split(' ')[0]]),
      );
    });
  }

  /** The newest commit of a branch. */
  async head(branch: string): Promise<string> {
    return this.#inCheckout(branch, async ({ git }) =>
      (await git('rev-parse', 'HEAD')).trim(),
    );
  }

  async #inCheckout<T>(
    branch: string,
    work: (checkout: Checkout) => Promise<T>,
  ): Promise<T> {
    return inFolder(async checkout => {
      await checkout.git('clone', '--quiet', '-b', branch, this.#url, '.');
      return work(checkout);
    });
  }

  async #commit(
    { git, folder }: Checkout,
    { files, branch }: { files: Record<string, string>; branch: string },
  ): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'By hand');
    await git('push', '--quiet', this.#url, `HEAD:refs/heads/${branch}`);
  }
}

/** A folder, and Git as it runs there. */
type Checkout = {
  folder: string;
  git: (...args: string[]) => Promise<string>;
};

async function inFolder<T>(
  work: (checkout: Checkout) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-checkout-'));
  const env = {
    ...gitEnvironment(),
    GIT_AUTHOR_NAME: 'Somebody',
    GIT_AUTHOR_EMAIL: 'somebody@example.com',
    GIT_COMMITTER_NAME: 'Somebody',
    GIT_COMMITTER_EMAIL: 'somebody@example.com',
  };
  try {
    return await work({
      folder,
      git: async (...args) =>
        (
          await run('git', args, { cwd: folder, env })
        ).stdout,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(error => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
}
