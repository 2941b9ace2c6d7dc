// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';

/** The folder of this repository. */
export const repository = dirname(dirname(fileURLToPath(import.meta.url)));

/** A path inside this repository. */
export function inRepository(...parts) {
  return join(repository, ...parts);
}
