// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';

/** The folder of this repository; the tests run in the folder of their package. */
export const repository = resolve(process.cwd(), '../../..');
