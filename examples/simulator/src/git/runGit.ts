// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';

/** One call of the git command. */
export interface RunGitOptions {
  args: string[];
  /** The bare repository to work on. */
  directory: string;
  input?: string | Uint8Array;
  env?: Record<string, string>;
}

/** How a git command ended. */
export interface GitResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** The environment of every git process: nothing of the machine's own settings. */
export function gitEnvironment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** Runs git and reports how it ended; only a git that cannot be started rejects. */
export function tryGit(options: RunGitOptions): Promise<GitResult> {
  const { args, directory, input, env } = options;
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--git-dir', directory, ...args], {
      env: { ...gitEnvironment(), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', chunk => stdout.push(chunk));
    child.stderr.on('data', chunk => stderr.push(chunk));
    child.once('error', error =>
      reject(new Error(`git could not be started: ${error.message}`)),
    );
    child.once('close', code =>
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8').trim(),
      }),
    );
    // A git that has already given up closes its input; its exit code tells the story.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/**
 * Runs git and answers what it printed.
 *
 * @throws Error with git's own words when it fails.
 */
export async function runGit(options: RunGitOptions): Promise<Buffer> {
  const result = await tryGit(options);
  if (result.code !== 0) {
    throw new Error(
      `git ${options.args[0]} failed with code ${result.code}: ${result.stderr}`,
    );
  }
  return result.stdout;
}
