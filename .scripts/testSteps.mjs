// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { jestCounts } from './jestCounts.mjs';
import { inRepository } from './repository.mjs';

const CLI = inRepository(
  'node_modules',
  '@backstage',
  'cli',
  'bin',
  'backstage-cli',
);

/** How long a unit test may take that does not say otherwise. */
const PATIENCE_MS = 30_000;

/** The parts of `npm test`, in their order; `--only=<name>` runs one of them. */
export const testSteps = [
  check('tsc', [
    inRepository('node_modules', 'typescript', 'bin', 'tsc'),
    '--pretty',
    'false',
  ]),
  check('lint', [CLI, 'repo', 'lint', '--max-warnings', '0']),
  check('prettier', [
    inRepository('node_modules', 'prettier', 'bin-prettier.js'),
    '--check',
    '--loglevel=warn',
    '.',
  ]),
  check('config', [CLI, 'config:check', '--lax']),
  check('api-reports', [inRepository('.scripts', 'apiReports.mjs'), '--ci']),
  jest('unit', {
    cwd: inRepository(),
    // a machine that does much else is slow, and says nothing about the code
    args: [CLI, 'repo', 'test', `--testTimeout=${PATIENCE_MS}`],
    workers: 2,
  }),
  {
    name: 'app',
    async run({ buildApp }) {
      try {
        await buildApp();
        return { passed: 1, failed: 0, skipped: 0, messages: [] };
      } catch (error) {
        return { passed: 0, failed: 1, skipped: 0, messages: [error.message] };
      }
    },
  },
  jest('browser', {
    cwd: inRepository('examples', 'portal', 'browser'),
    args: [CLI, 'package', 'test'],
    workers: 1,
    needsApp: true,
  }),
];

/** A command that passes or fails as a whole and counts as one test. */
function check(name, args) {
  return {
    name,
    async run({ execute }) {
      const { code, output } = await execute(args);
      return code === 0
        ? { passed: 1, failed: 0, skipped: 0, messages: [] }
        : { passed: 0, failed: 1, skipped: 0, messages: [output] };
    },
  };
}

function jest(name, { cwd, args, workers, needsApp = false }) {
  return {
    name,
    async run({ buildApp, execute, folder, filter }) {
      if (needsApp) {
        await buildApp().catch(() => undefined);
      }
      const report = join(folder, `${name}.json`);
      const { code, output } = await execute(
        [
          ...args,
          '--watchAll=false',
          `--maxWorkers=${workers}`,
          '--json',
          `--outputFile=${report}`,
          ...filter,
        ],
        { cwd },
      );
      const counts = jestCounts(report);
      return counts && (code === 0 || counts.failed > 0)
        ? counts
        : {
            passed: counts?.passed ?? 0,
            failed: 1,
            skipped: counts?.skipped ?? 0,
            messages: [output.slice(-4000)],
          };
    },
  };
}
