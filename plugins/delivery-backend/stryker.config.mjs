// SPDX-License-Identifier: Apache-2.0

/** Mutation tests of the pure core: `yarn test:mutation` at the root. */
export default {
  packageManager: 'yarn',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  jest: { projectType: 'custom', configFile: 'jest.mutation.config.cjs' },
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
  thresholds: { high: 95, low: 90, break: null },
};
