// SPDX-License-Identifier: Apache-2.0
import { inRepository } from './repository.mjs';

/** How the portal's backend is run straight from its TypeScript sources. */
export const portalCommand = {
  args: [
    '--no-node-snapshot',
    '--require',
    inRepository(
      'node_modules',
      '@backstage',
      'cli',
      'config',
      'nodeTransform.cjs',
    ),
    inRepository('examples', 'portal', 'backend', 'src', 'index.ts'),
  ],
  cwd: inRepository('examples', 'portal', 'backend'),
};
