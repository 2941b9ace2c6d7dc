// SPDX-License-Identifier: Apache-2.0
import { demoSecrets } from './demoSecrets.mjs';
import { ensureAppBuilt } from './ensureAppBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { ensureNode } from './ensureNode.mjs';
import { ensurePortsFree } from './ensurePortsFree.mjs';
import { portalCommand } from './portalCommand.mjs';
import { Problem, runMain } from './Problem.mjs';
import { isStopping, run, stopOnSignals } from './run.mjs';
import { untilAnswering } from './untilAnswering.mjs';
import { welcome } from './welcome.mjs';

const ADDRESS = 'http://localhost:7007';

runMain(async () => {
  stopOnSignals();
  await ensurePortsFree();
  const tools = await ensureNode();
  await ensureInstalled(tools);
  await ensureAppBuilt(tools);

  console.log('Starting the portal …');
  const ended = new AbortController();
  const portal = run(tools.node, portalCommand.args, {
    cwd: portalCommand.cwd,
    env: { NODE_ENV: 'development', ...tools.env, ...demoSecrets() },
    show: true,
  });
  portal.finally(() => ended.abort());
  if (await untilAnswering(ADDRESS, { signal: ended.signal })) {
    console.log(welcome(ADDRESS));
  }
  const { code } = await portal;
  if (isStopping()) {
    return undefined;
  }
  throw new Problem(
    `The portal ended by itself (exit code ${code}); the reason stands above.`,
  );
});
