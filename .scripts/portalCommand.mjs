// SPDX-License-Identifier: Apache-2.0
import { inRepository } from './repository.mjs';
import { sourceArgs } from './sourceArgs.mjs';

/** How the portal's backend is run straight from its TypeScript sources. */
export const portalCommand = {
  args: sourceArgs('examples', 'portal', 'backend', 'src', 'index.ts'),
  cwd: inRepository('examples', 'portal', 'backend'),
};
