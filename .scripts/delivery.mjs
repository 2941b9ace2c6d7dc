// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { demoSecrets } from './demoSecrets.mjs';
import { inRepository } from './repository.mjs';
import { sourceArgs } from './sourceArgs.mjs';

/** Files are named from where the command was given, as everywhere. */
const here = process.env.INIT_CWD ?? process.cwd();
const given = process.argv.slice(2);
const args = given.map((word, index) =>
  given[index - 1] === '--config' ? resolve(here, word) : word,
);
if (!args.includes('--config')) {
  args.push('--config', inRepository('app-config.yaml'));
}

/** Each command lives with the plugin that knows how. */
const entry =
  given[0] === 'restore'
    ? ['scaffolder-backend-module-delivery', 'dev', 'restore.ts']
    : ['delivery-backend', 'dev', 'delivery.ts'];

const child = spawn(
  process.execPath,
  [...sourceArgs('plugins', ...entry), ...args],
  // The portal's own folder: paths in its configuration are relative to it.
  {
    stdio: 'inherit',
    cwd: inRepository('examples', 'portal', 'backend'),
    env: { ...process.env, ...demoSecrets() },
  },
);
child.on('exit', code => {
  process.exitCode = code ?? 1;
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => child.kill(signal));
}
