// SPDX-License-Identifier: Apache-2.0
import { ensureTestTools } from './ensureTestTools.mjs';
import { runMain } from './Problem.mjs';
import { inRepository } from './repository.mjs';
import { run, stopOnSignals } from './run.mjs';
import { sourceArgs } from './sourceArgs.mjs';
import { startPostgres } from './startPostgres.mjs';

const CONFIGURED = /^BACKSTAGE_TEST_DATABASE_POSTGRES\d+_CONNECTION_STRING$/;

// What the promotion engine costs, on the PostgreSQL that is configured or on a
// throw-away one. `--json=<file>` keeps the figures, `--quick` takes few samples.
runMain(async () => {
  stopOnSignals();
  const given = Object.keys(process.env).find(name => CONFIGURED.test(name));
  if (given) {
    return bench(process.env[given]);
  }
  const { postgres } = await ensureTestTools({ needs: ['postgresql'] });
  const { env, stop } = await startPostgres(postgres);
  try {
    return await bench(Object.values(env)[0]);
  } finally {
    await stop();
  }
});

async function bench(address) {
  const args = process.argv.slice(2);
  const json = args.find(arg => arg.startsWith('--json='))
    ? []
    : [`--json=${inRepository('.data', 'bench-engine.json')}`];
  const { code } = await run(
    process.execPath,
    [
      ...sourceArgs('examples', 'benchmark', 'src', 'engine', 'main.ts'),
      ...args,
      ...json,
    ],
    {
      cwd: inRepository('examples', 'benchmark'),
      env: { ...process.env, BENCH_POSTGRES: address },
      show: true,
    },
  );
  return code;
}
