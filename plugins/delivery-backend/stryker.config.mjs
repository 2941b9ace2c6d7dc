// SPDX-License-Identifier: Apache-2.0

/**
 * Mutation tests of the pure core: `yarn test:mutation` at the root.
 *
 * Each mutant meets only the tests that reach it. What is made once when a file
 * is loaded (schemas and tables of words) is left out of account.
 */
export default {
  packageManager: 'yarn',
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunner: 'mocha',
  mochaOptions: {
    'no-package': true,
    'no-config': true,
    require: ['./mutation.setup.cjs'],
    spec: ['src/{domain,gates}/**/*.test.ts'],
  },
  coverageAnalysis: 'perTest',
  mutate: [
    'src/domain/**/*.ts',
    'src/gates/**/*.ts',
    '!src/**/*.test.ts',
    '!src/domain/PromotionInput.ts',
  ],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: '.stryker/mutation.json' },
  tempDirName: '.stryker/tmp',
  clearTextReporter: { allowColor: false, logTests: false },
  concurrency: 1,
  timeoutMS: 10_000,
  ignoreStatic: true,
  thresholds: { high: 95, low: 90, break: 90 },
};
