// SPDX-License-Identifier: Apache-2.0
import { inRepository } from './repository.mjs';

/** How Node runs one of this repository's TypeScript sources as it stands. */
export function sourceArgs(...source) {
  return [
    '--no-node-snapshot',
    '--require',
    inRepository(
      'node_modules',
      '@backstage',
      'cli',
      'config',
      'nodeTransform.cjs',
    ),
    inRepository(...source),
  ];
}
