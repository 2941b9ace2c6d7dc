// SPDX-License-Identifier: Apache-2.0

// The tests of the pure core under mocha, which runs thousands of mutants in one
// process; what they use of jest is there all the same.

// The transform tells its parent, meant to be `backstage-cli`, of every file it
// loads; the parent here understands text only.
const send = process.send?.bind(process);
if (send) {
  process.send = (message, ...rest) =>
    typeof message !== 'string' || send(message, ...rest);
}
require('@backstage/cli/config/nodeTransform.cjs');
const { expect } = require('expect');
const { bind } = require('jest-each');

// Every mutant meets a few random cases, not all of them.
process.env.DELIVERY_ORACLE_CASES = '300';

global.expect = expect;
global.jest = { setTimeout: () => {} };

// Mocha sets these before it loads each file.
for (const name of ['it', 'describe']) {
  let given;
  Object.defineProperty(global, name, {
    configurable: true,
    get: () => given,
    set(value) {
      value.each = bind(value);
      given = value;
    },
  });
}
