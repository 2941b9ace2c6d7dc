// SPDX-License-Identifier: Apache-2.0
import { demoSecrets } from './demoSecrets.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { ensureNode } from './ensureNode.mjs';
import { ensurePortsFree } from './ensurePortsFree.mjs';
import { runMain } from './Problem.mjs';
import { inRepository } from './repository.mjs';
import { run, stopOnSignals } from './run.mjs';

const FRONTEND = 'http://localhost:3000';

runMain(async () => {
  stopOnSignals();
  await ensurePortsFree();
  const tools = await ensureNode();
  await ensureInstalled(tools);
  const { code } = await run(
    tools.node,
    [
      inRepository('node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'repo',
      'start',
    ],
    {
      env: {
        ...tools.env,
        ...demoSecrets(),
        APP_CONFIG_app_baseUrl: JSON.stringify(FRONTEND),
        APP_CONFIG_backend_cors_origin: JSON.stringify(FRONTEND),
      },
      show: true,
    },
  );
  return code;
});
