// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const inRepository = path =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Runs the TypeScript of the benchmark as it is, as the portal's backend runs in development. */
const child = spawn(
  process.execPath,
  [
    '--no-node-snapshot',
    '--require',
    inRepository('node_modules/@backstage/cli/config/nodeTransform.cjs'),
    inRepository('examples/benchmark/src/main.ts'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', cwd: inRepository('examples/benchmark') },
);
child.on('exit', code => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => child.kill(signal));
}
