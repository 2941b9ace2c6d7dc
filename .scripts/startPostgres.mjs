// SPDX-License-Identifier: Apache-2.0
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from './Problem.mjs';
import { run } from './run.mjs';

/**
 * Starts a throw-away PostgreSQL on loopback.
 *
 * Answers `{ env, stop }`: the variable by which Backstage's TestDatabases find
 * it, and how to end it and remove its files.
 */
export async function startPostgres({ version, bin }) {
  const folder = mkdtempSync(join(tmpdir(), 'delivery-postgres-'));
  const data = join(folder, 'data');
  const owner = await ownerFor(folder);
  const port = await freePort();
  const initialised = await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...owner, cwd: folder },
  );
  if (initialised.code !== 0) {
    throw new Problem(
      `PostgreSQL could not be prepared: ${initialised.output.trim()}`,
    );
  }
  let server;
  const ended = run(
    join(bin, 'postgres'),
    [
      ['-D', data],
      ['-k', folder],
      ['-p', String(port)],
      ['-c', 'listen_addresses=127.0.0.1'],
      ['-c', 'fsync=off'],
      ['-c', 'full_page_writes=off'],
      ['-c', 'max_connections=400'],
    ].flat(),
    { ...owner, cwd: folder, onStart: child => (server = child) },
  );
  let over = false;
  ended.then(() => (over = true));
  while (!(await accepts(port))) {
    if (over) {
      throw new Problem(`PostgreSQL ended: ${(await ended).output.trim()}`);
    }
    await delay(100);
  }
  return {
    env: {
      [`BACKSTAGE_TEST_DATABASE_POSTGRES${version}_CONNECTION_STRING`]: `postgresql://postgres@127.0.0.1:${port}`,
    },
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: its own user then owns the files. */
async function ownerFor(folder) {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async flag =>
      Number((await run('id', [flag, 'postgres'])).output),
    ),
  );
  chownSync(folder, uid, gid);
  return { uid, gid };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function accepts(port) {
  return new Promise(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
