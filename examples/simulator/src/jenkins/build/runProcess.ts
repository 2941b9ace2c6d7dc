// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';

/** One process of a build. */
export interface RunProcessOptions {
  command: string;
  args: string[];
  cwd: string;
  /** The whole environment; nothing is inherited. */
  env: Record<string, string>;
  signal: AbortSignal;
  onOutput(text: string): void;
}

/**
 * Runs a process to its end and answers its exit code. An abort kills it and all that it
 * started, and the code is then 143.
 *
 * @throws Error when it cannot be started.
 */
export function runProcess(options: RunProcessOptions): Promise<number> {
  const { command, args, cwd, env, signal, onOutput } = options;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      // A group of its own, so that its children can be killed with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = () => {
      if (child.pid !== undefined) {
        try {
          process.kill(-child.pid, 'SIGKILL');
        } catch {
          // It has just ended by itself.
        }
      }
    };
    child.stdout.setEncoding('utf8').on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', onOutput);
    child.once('error', error => {
      signal.removeEventListener('abort', kill);
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.once('close', (code, by) => {
      signal.removeEventListener('abort', kill);
      resolve(code ?? (by ? 143 : 1));
    });
    signal.addEventListener('abort', kill, { once: true });
  });
}
