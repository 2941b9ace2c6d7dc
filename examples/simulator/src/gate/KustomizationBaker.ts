// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type {
  BakeRequest,
  BakeResult,
} from 'backstage-plugin-spinnaker-client/testUtils';

const run = promisify(execFile);

/** A command, and what stands before the folder that it builds. */
const TOOLS = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
] as const;

/** Nobody else gets the password. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** How the simulated Spinnaker is let in where a Git host of this machine asks. */
export interface GitLogin {
  user: string;
  password: string;
}

/** Clones Git repositories at a tag and builds overlays of them, with the real tool. */
export class KustomizationBaker {
  readonly #login?: GitLogin;

  constructor(options: { login?: GitLogin }) {
    this.#login = options.login;
  }

  /** Bakes one overlay; never rejects for what is wrong with the repository. */
  async bake(request: BakeRequest): Promise<BakeResult> {
    const { chart, kustomizeFilePath: overlay = '', signal } = request;
    const { type, reference = '', version = '' } = chart;
    if (type !== 'git/repo' || /^[-.]|\.\./.test(version)) {
      return failed(400, `An artifact of the type git/repo at a tag is needed`);
    }
    if (!/^[\w-]+(\/[\w-]+)*$/.test(overlay)) {
      return failed(400, `'${overlay}' is not a folder of a repository`);
    }
    const folder = await mkdtemp(join(tmpdir(), 'bake-'));
    const clone = join(folder, 'repository');
    try {
      await run(
        'git',
        [
          ...['clone', '--quiet', '--depth=1', `--branch=${version}`],
          ...['-c', 'advice.detachedHead=false', '--', reference, clone],
        ],
        { signal, env: { ...environment(folder), ...this.#letIn(reference) } },
      );
      return await build({
        folder: join(clone, overlay),
        home: folder,
        signal,
      });
    } catch (error) {
      return failed(
        400,
        `Failed to fetch kustomize files: Artifact(type=${type}, reference=${reference}, version=${version}): ${saidBy(
          error,
        )}`,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** In the environment, so that it does not show in the list of processes. */
  #letIn(reference: string): Record<string, string> {
    const url = URL.canParse(reference) ? new URL(reference) : undefined;
    if (!this.#login || !url || !LOOPBACK.includes(url.hostname)) {
      return {};
    }
    const { user, password } = this.#login;
    const login = Buffer.from(`${user}:${password}`).toString('base64');
    return {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${url.origin}/.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${login}`,
    };
  }
}

async function build(options: {
  folder: string;
  home: string;
  signal: AbortSignal;
}): Promise<BakeResult> {
  const { folder, home, signal } = options;
  for (const [command, ...args] of TOOLS) {
    try {
      const { stdout } = await run(command, [...args, folder], {
        signal,
        maxBuffer: 16 * 1024 * 1024,
        env: environment(home),
      });
      return { kind: 'baked', yaml: stdout };
    } catch (error) {
      if (!isMissing(error)) {
        return failed(500, `Bake failed: ${saidBy(error)}`);
      }
    }
  }
  return failed(
    500,
    'Bake failed: neither kustomize nor kubectl is installed on this machine',
  );
}

/** Nothing of a person's own set-up has a say. */
function environment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: home, GIT_TERMINAL_PROMPT: '0' };
}

function failed(status: number, message: string): BakeResult {
  return { kind: 'failed', status, message };
}

function isMissing(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ENOENT'
  );
}

function saidBy(error: unknown): string {
  return typeof error === 'object' && error !== null && 'stderr' in error
    ? String(error.stderr).trim()
    : String(error);
}
