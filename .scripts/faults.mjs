// SPDX-License-Identifier: Apache-2.0
import { ensureTestTools } from './ensureTestTools.mjs';
import { runMain } from './Problem.mjs';
import { inRepository } from './repository.mjs';
import { run, stopOnSignals } from './run.mjs';
import { startPostgres } from './startPostgres.mjs';

const CLI = inRepository(
  'node_modules',
  '@backstage',
  'cli',
  'bin',
  'backstage-cli',
);

/** Where fault tests are: those of promotions, and those of the watching. */
const FOLDERS = [
  { path: ['examples', 'faults'], tests: [] },
  {
    path: ['plugins', 'delivery-backend-module-kubernetes'],
    tests: ['src/faults'],
  },
];

// The fault tests at full size, on a throw-away PostgreSQL.
runMain(async () => {
  stopOnSignals();
  const { postgres } = await ensureTestTools({ needs: ['postgresql'] });
  const { env, stop } = await startPostgres(postgres);
  try {
    for (const folder of FOLDERS) {
      const { code } = await run(
        process.execPath,
        [
          '--no-node-snapshot',
          CLI,
          'package',
          'test',
          '--watchAll=false',
          '--runInBand',
          ...folder.tests,
          ...process.argv.slice(2),
        ],
        {
          cwd: inRepository(...folder.path),
          env: { ...process.env, ...env, DELIVERY_FAULTS: 'full' },
          show: true,
        },
      );
      if (code !== 0) {
        return code;
      }
    }
    return 0;
  } finally {
    await stop();
  }
});
