// SPDX-License-Identifier: Apache-2.0
// Runs the fault tests at full size on a throw-away PostgreSQL.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTestTools } from '../../.scripts/ensureTestTools.mjs';
import { startPostgres } from '../../.scripts/startPostgres.mjs';

const offered = Object.keys(process.env).some(key =>
  /^BACKSTAGE_TEST_DATABASE_POSTGRES\d+_CONNECTION_STRING$/.test(key),
);
const postgres = offered
  ? undefined
  : await startPostgres(
      (
        await ensureTestTools({ needs: ['postgresql'] })
      ).postgres,
    );
const cli = createRequire(import.meta.url).resolve(
  '@backstage/cli/bin/backstage-cli',
);
const child = spawn(
  process.execPath,
  [
    '--no-node-snapshot',
    cli,
    'package',
    'test',
    '--watchAll=false',
    '--runInBand',
    ...process.argv.slice(2),
  ],
  {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: { ...process.env, ...postgres?.env, DELIVERY_FAULTS: 'full' },
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => child.kill(signal));
}
process.exitCode = await new Promise(resolve => {
  child.once('exit', code => resolve(code ?? 1));
});
await postgres?.stop();
