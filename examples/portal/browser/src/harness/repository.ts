// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';

/** The folder of this repository. */
export const repository = resolve(__dirname, '../../../../..');
