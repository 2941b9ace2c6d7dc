// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** What knex could load and nobody uses here. */
const NEVER_LOADED = [
  'better-sqlite3',
  'mysql',
  'mysql2',
  'mariadb',
  'oracledb',
  'tedious',
  'sqlite3',
  'pg-native',
  'pg-query-stream',
];

/** Bundles the worker into one file, so that a process starts in a blink; answers its path. */
export async function buildWorker(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'delivery-faults-'));
  const outfile = join(folder, 'worker.cjs');
  // As a command: its JavaScript API does not work in the realm of the test runner.
  await promisify(execFile)(process.execPath, [
    require.resolve('esbuild/bin/esbuild'),
    resolvePackagePath('delivery-faults', 'src', 'worker', 'main.ts'),
    '--bundle',
    '--platform=node',
    '--target=node20',
    '--format=cjs',
    '--log-level=error',
    `--outfile=${outfile}`,
    ...NEVER_LOADED.map(name => `--external:${name}`),
  ]);
  return outfile;
}
