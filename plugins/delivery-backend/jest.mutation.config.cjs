// SPDX-License-Identifier: Apache-2.0

// Every mutant meets a few random cases, not all of them.
process.env.DELIVERY_ORACLE_CASES = '300';

/** The configuration of the CLI for the tests of the pure core alone. */
module.exports = async () => ({
  ...(await require('@backstage/cli/config/jest')),
  testMatch: ['<rootDir>/{domain,gates,oracle}/**/*.test.ts'],
});
