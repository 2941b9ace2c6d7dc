// SPDX-License-Identifier: Apache-2.0

/** The configuration of the CLI for the tests of the pure core alone. */
module.exports = async () => ({
  ...(await require('@backstage/cli/config/jest')),
  testMatch: ['<rootDir>/{domain,gates}/**/*.test.ts'],
});
