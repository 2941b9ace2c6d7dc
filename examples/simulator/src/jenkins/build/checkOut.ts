// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeGit } from 'backstage-plugin-jenkins-client/testUtils';
import { CredentialStore } from '../credentials';
import { runProcess } from './runProcess';

/** One checkout of a branch's head into a workspace. */
export interface CheckOutOptions {
  git: FakeGit;
  workspace: string;
  credentials: CredentialStore;
  /** The base environment of the build's processes. */
  env: Record<string, string>;
  signal: AbortSignal;
  log(text: string): void;
}

/**
 * Brings a workspace to the head of the job's branch, as Jenkins' git plugin does: what
 * earlier builds left beside the tracked files stays.
 *
 * @returns the commit and the branch by Jenkins' name for it.
 */
export async function checkOut(
  options: CheckOutOptions,
): Promise<{ commit: string; branch: string; url: string }> {
  const { git, workspace, log } = options;
  if (!git.url) {
    throw new Error('The job names no repository');
  }
  mkdirSync(workspace, { recursive: true });
  if (!existsSync(join(workspace, '.git', 'HEAD'))) {
    await runGit(options, ['init', '--quiet']);
  }
  log(` > git fetch ${git.url}`);
  const refs = ['+refs/heads/*:refs/remotes/origin/*'];
  const fetch = ['fetch', '--quiet', '--force', '--prune', '--tags', git.url];
  try {
    await runGit(options, [...fetch, ...refs]);
  } catch (error) {
    options.signal.throwIfAborted();
    // A workspace that a killed process left half written is made anew, once.
    log(`${error}; trying again in a new workspace`);
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(workspace, { recursive: true });
    await runGit(options, ['init', '--quiet']);
    await runGit(options, [...fetch, ...refs]);
  }
  await setRemote(options);
  const branch = `origin/${git.branch}`;
  const commit = await gitOutput(options, [
    'rev-parse',
    '--verify',
    `refs/remotes/${branch}^{commit}`,
  ]).catch(() => {
    throw new Error(
      `Couldn't find any revision to build: the repository has no branch '${git.branch}'`,
    );
  });
  log(`Checking out Revision ${commit} (refs/remotes/${branch})`);
  await runGit(options, ['checkout', '--quiet', '--force', commit]);
  const title = await gitOutput(options, ['log', '-1', '--format=%s']);
  log(`Commit message: "${title}"`);
  return { commit, branch, url: git.url };
}

/** Asks a repository for the head of the job's branch; undefined when it cannot be told. */
export async function readHead(
  options: Omit<CheckOutOptions, 'log'>,
): Promise<string | undefined> {
  const { git } = options;
  const ref = `refs/heads/${git.branch}`;
  try {
    const answer = await gitOutput({ ...options, log: () => {} }, [
      'ls-remote',
      git.url,
      ref,
    ]);
    return /^[0-9a-f]{40}/.exec(answer)?.[0];
  } catch {
    return undefined;
  }
}

async function setRemote(options: CheckOutOptions): Promise<void> {
  const { url } = options.git;
  await runGit(options, ['config', 'remote.origin.url', url]);
  await runGit(options, [
    'config',
    'remote.origin.fetch',
    '+refs/heads/*:refs/remotes/origin/*',
  ]);
}

async function runGit(options: CheckOutOptions, args: string[]): Promise<void> {
  await gitOutput(options, args);
}

async function gitOutput(
  options: CheckOutOptions,
  args: string[],
): Promise<string> {
  const { workspace, env, signal, credentials, git } = options;
  const authorization = credentials.basicAuthorization(git.credentialsId);
  let output = '';
  const code = await runProcess({
    command: 'git',
    args,
    cwd: workspace,
    env: {
      ...env,
      GIT_TERMINAL_PROMPT: '0',
      // In the environment, so that it is neither in a file nor in a list of processes.
      ...(authorization && {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'http.extraHeader',
        GIT_CONFIG_VALUE_0: `Authorization: ${authorization}`,
      }),
    },
    signal,
    onOutput: text => {
      output += text;
    },
  });
  if (code !== 0) {
    throw new Error(`git ${args[0]} failed: ${output.trim()}`);
  }
  return output.trim();
}
