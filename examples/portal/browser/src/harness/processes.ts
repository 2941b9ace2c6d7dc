// SPDX-License-Identifier: Apache-2.0
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './repository';
import { until } from './until';

/** Where the logs and pictures of a test run are kept. */
export function logFolder(): string {
  const folder =
    process.env.DELIVERY_TEST_FOLDER ?? join(tmpdir(), 'delivery-browser');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Runs a TypeScript source of this repository in a process group of its own. */
export function spawnSource(options: {
  source: string;
  args: string[];
  log: string;
}): ChildProcess {
  const log = createWriteStream(join(logFolder(), options.log), { flags: 'a' });
  const child = spawn(
    process.execPath,
    [
      '--no-node-snapshot',
      '--require',
      join(repository, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      join(repository, options.source),
      ...options.args,
    ],
    {
      cwd: join(repository, 'examples/portal/backend'),
      env: {
        ...process.env,
        NODE_ENV: 'development',
        NODE_OPTIONS: undefined,
      },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return child;
}

/** Ends a process and everything it started, and waits until it is gone. */
export async function endProcess(
  child: ChildProcess | undefined,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<void> {
  if (!child?.pid) {
    return;
  }
  const over = () => child.exitCode !== null || child.signalCode !== null;
  if (!over()) {
    child.kill(signal);
    await until(async () => over(), {
      what: 'a process to end',
      within: 20_000,
    }).catch(() => undefined);
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of its group is left, which is what was wanted.
  }
  await until(async () => over(), { what: 'a killed process to end' });
}
