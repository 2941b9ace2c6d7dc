// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { ensurePortsFree } from './ensurePortsFree.mjs';
import { Problem, runMain } from './Problem.mjs';
import { inRepository } from './repository.mjs';

runMain(async () => {
  await ensurePortsFree().catch(() => {
    throw new Problem(
      'The demo seems to be running: stop it before you empty its data.',
    );
  });
  rmSync(inRepository('.data'), { recursive: true, force: true });
  console.log('The demo starts afresh the next time.');
});
