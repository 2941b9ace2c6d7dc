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

// The fault tests at full size, on a throw-away PostgreSQL.
runMain(async () => {
  stopOnSignals();
  const { postgres } = await ensureTestTools({ needs: ['postgresql'] });
  const { env, stop } = await startPostgres(postgres);
  try {
    const { code } = await run(
      process.execPath,
      [
        '--no-node-snapshot',
        CLI,
        'package',
        'test',
        '--watchAll=false',
        '--runInBand',
        ...process.argv.slice(2),
      ],
      {
        cwd: inRepository('examples', 'faults'),
        env: { ...process.env, ...env, DELIVERY_FAULTS: 'full' },
        show: true,
      },
    );
    return code;
  } finally {
    await stop();
  }
});
