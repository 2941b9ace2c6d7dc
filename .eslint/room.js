// SPDX-License-Identifier: Apache-2.0
const path = require('path');
const backstage = require('@backstage/cli/config/eslint-factory');

/**
 * What each room may import of ours. A package that is not listed may import
 * everything but the examples.
 */
const MAY_IMPORT = {
  'delivery-common': [],
  'delivery-node': ['delivery-common'],
  'delivery-backend': ['delivery-common', 'delivery-node'],
  'delivery-backend-module-jenkins': [
    'delivery-common',
    'delivery-node',
    'jenkins-client',
  ],
  'delivery-backend-module-spinnaker': [
    'delivery-common',
    'delivery-node',
    'spinnaker-client',
  ],
  'delivery-backend-module-kubernetes': ['delivery-common', 'delivery-node'],
  'jenkins-client': [],
  'spinnaker-client': [],
  'scaffolder-backend-module-delivery': [
    'delivery-common',
    'jenkins-client',
    'spinnaker-client',
  ],
  delivery: ['delivery-common'],
};

const PURE = ['src/domain/**', 'src/gates/**', 'src/view/**'];

const HIDDEN_CLOCKS = [
  {
    selector:
      "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The clock is an argument here: take `now` from the caller.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The clock is an argument here: take `now` from the caller.',
  },
];

/** The lint configuration of one package, with the import rules of its room. */
module.exports = function room(dir) {
  const name = path.basename(dir);
  const allowed = MAY_IMPORT[name];
  const foreign = allowed
    ? Object.keys(MAY_IMPORT).filter(
        other => other !== name && !allowed.includes(other),
      )
    : [];
  const patterns = allowed
    ? [
        {
          group: [
            '**/examples/**',
            'delivery-simulator',
            'delivery-simulator/**',
          ],
          message: 'Nothing in plugins/ imports from examples/.',
        },
        ...foreign.map(other => ({
          group: [`backstage-plugin-${other}`, `backstage-plugin-${other}/**`],
          message: `${name} may not import ${other}.`,
        })),
      ]
    : [];
  const config = backstage(dir, {
    rules: {
      // What is under examples/ puts packages of every role together.
      ...(allowed ? {} : { '@backstage/no-mixed-plugin-imports': 'off' }),
      '@typescript-eslint/no-explicit-any': 'error',
    },
    overrides: [
      {
        // A contract suite is written once and called by the tests of each adapter.
        files: ['**/describe*.ts'],
        rules: { 'jest/no-export': 'off', 'jest/valid-title': 'off' },
      },
      {
        files: PURE,
        excludedFiles: ['**/*.test.*'],
        rules: {
          'no-restricted-syntax': ['error', ...HIDDEN_CLOCKS],
          'no-restricted-imports': [
            'error',
            {
              paths: ['knex', 'express', 'node:fs', 'fs', 'node:http', 'http'],
              patterns,
            },
          ],
        },
      },
    ],
  });
  // The factory takes patterns as text only; ESLint wants all of one kind, and ours explain.
  const [, options] = config.rules['no-restricted-imports'];
  options.patterns = [{ group: options.patterns }, ...patterns];
  return config;
};
