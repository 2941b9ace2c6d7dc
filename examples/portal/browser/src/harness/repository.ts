// SPDX-License-Identifier: Apache-2.0
import { dirname, resolve } from 'node:path';

const PACKAGE = dirname(require.resolve('portal-browser-tests/package.json'));

/** The folder of this repository. */
export const repository = resolve(PACKAGE, '../../..');
