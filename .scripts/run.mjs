// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { repository } from './repository.mjs';

const running = new Set();
let stopping = false;

/** Stops every process that `run` started, with all that they started. */
export function stopAll(signal = 'SIGTERM') {
  stopping = true;
  for (const child of running) {
    signalGroup(child, signal);
  }
}

/** Stops everything when this process is asked to end, and then ends it. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      stopAll();
      setTimeout(() => stopAll('SIGKILL'), 8_000).unref();
    });
  }
}

/** Whether this process was asked to end. */
export function isStopping() {
  return stopping;
}

/**
 * Runs a program to its end in its own process group.
 *
 * Answers `{ code, output }`; the output is kept (and written to `log` when
 * given) unless `show` passes it on to this terminal.
 */
export async function run(command, args, options = {}) {
  const { cwd = repository, env = process.env, log, show = false } = options;
  const { uid, gid } = options;
  const child = spawn(command, args, {
    cwd,
    env,
    uid,
    gid,
    detached: process.platform !== 'win32',
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
  });
  running.add(child);
  const chunks = [];
  const file = log ? createWriteStream(log) : undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', chunk => {
      chunks.push(chunk);
      file?.write(chunk);
    });
  }
  options.onStart?.(child);
  const code = await new Promise(resolve => {
    child.on('error', error => {
      chunks.push(Buffer.from(`${error.message}\n`));
      resolve(127);
    });
    child.on('close', (status, signal) => resolve(status ?? (signal ? 1 : 0)));
  });
  signalGroup(child, 'SIGKILL');
  running.delete(child);
  if (file) {
    file.end();
    await finished(file);
  }
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}

function signalGroup(child, signal) {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill(signal);
    } else {
      process.kill(-child.pid, signal);
    }
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') {
      throw error;
    }
  }
}
