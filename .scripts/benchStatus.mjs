// SPDX-License-Identifier: Apache-2.0
import { ensureAppBuilt } from './ensureAppBuilt.mjs';
import { ensureNode } from './ensureNode.mjs';
import { runMain } from './Problem.mjs';
import { inRepository } from './repository.mjs';
import { run, stopOnSignals } from './run.mjs';
import { sourceArgs } from './sourceArgs.mjs';

// What the status of services costs; `small`, `scale` or `browser` takes another look.
runMain(async () => {
  stopOnSignals();
  const args = process.argv.slice(2);
  if (args[0] === 'browser') {
    await ensureAppBuilt(await ensureNode());
  }
  const { code } = await run(
    process.execPath,
    [...sourceArgs('examples', 'benchmark', 'src', 'main.ts'), ...args],
    { cwd: inRepository('examples', 'benchmark'), show: true },
  );
  return code;
});
