// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** What knex could load and nobody uses here, and what is found where it is installed. */
const NOT_BUNDLED = [
  'better-sqlite3',
  'mysql',
  'mysql2',
  'mariadb',
  'oracledb',
  'tedious',
  'sqlite3',
  'pg-native',
  'pg-query-stream',
  '@backstage/backend-plugin-api',
];

/** No run takes longer, so nobody starts programs that are older. */
const NEEDED_FOR_MS = 24 * 3_600_000;

/** Bundles a program of this package into one file, within reach of what is installed; answers its path. */
export async function bundle(entry: string): Promise<string> {
  const programs = resolvePackagePath('delivery-faults', 'dist', 'programs');
  await mkdir(programs, { recursive: true });
  await removeOld(programs);
  const outfile = join(await mkdtemp(join(programs, 'of-')), 'main.cjs');
  // As a command: its JavaScript API does not work in the realm of the test runner.
  await promisify(execFile)(process.execPath, [
    require.resolve('esbuild/bin/esbuild'),
    resolvePackagePath('delivery-faults', 'src', entry),
    '--bundle',
    '--platform=node',
    '--target=node20',
    '--format=cjs',
    '--minify-whitespace',
    '--minify-syntax',
    '--log-level=error',
    `--outfile=${outfile}`,
    ...NOT_BUNDLED.map(name => `--external:${name}`),
  ]);
  return outfile;
}

async function removeOld(programs: string): Promise<void> {
  for (const name of await readdir(programs)) {
    const folder = join(programs, name);
    // Somebody else may remove it at the same moment.
    const made = await stat(folder).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > NEEDED_FOR_MS) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
