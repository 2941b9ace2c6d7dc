// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { inRepository } from './repository.mjs';

const PACKAGES = [
  'plugins/delivery-common',
  'plugins/delivery-node',
  'plugins/jenkins-client',
  'plugins/spinnaker-client',
];

/** What a report need not say. */
const OMITTED = 'ae-undocumented,ae-forgotten-export,ae-wrong-input-file-type';

const COMMANDS = [
  // From these packages alone: the order of a union's members follows everything
  // that was read before, and should not turn around with a change elsewhere.
  ['typescript/bin/tsc', '-p', '.scripts/tsconfig.api.json'],
  [
    ...['@backstage/repo-tools/bin/backstage-repo-tools', 'api-reports'],
    ...process.argv.slice(2),
    ...['--omit-messages', OMITTED, ...PACKAGES],
  ],
];

/** Writes the API reports anew; with `--ci`, only says whether they would change. */
for (const [program, ...args] of COMMANDS) {
  const { status } = spawnSync(
    process.execPath,
    [inRepository('node_modules', program), ...args],
    { cwd: inRepository(), stdio: 'inherit' },
  );
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
