// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoSecrets } from './demoSecrets.mjs';
import { ensureAppBuilt } from './ensureAppBuilt.mjs';
import { ensureGoTool } from './ensureGoTool.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { ensureKubernetes } from './ensureKubernetes.mjs';
import { ensureNode } from './ensureNode.mjs';
import { ensureTestTools } from './ensureTestTools.mjs';
import { Problem, runMain } from './Problem.mjs';
import { isStopping, run, stopOnSignals } from './run.mjs';
import { startPostgres } from './startPostgres.mjs';
import { testSteps } from './testSteps.mjs';

const NEEDS = {
  browser: ['chromium', 'git'],
  unit: [
    ...['git', 'default-jre-headless', 'postgresql', 'shellcheck'],
    ...['buildah', 'docker-registry'],
  ],
};

/** What renders charts, for the tests and for the simulated vendors. */
const RENDERERS = [
  {
    name: 'Helm',
    command: ['helm', 'version', '--short'],
    module: 'helm.sh/helm/v3/cmd/helm@v3.19.2',
    without: 'the chart tests use the shim',
  },
  {
    name: 'Kustomize',
    command: ['kustomize', 'version'],
    module: 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.0',
    without: 'what takes it is NOT SHOWN',
  },
];

runMain(async () => {
  stopOnSignals();
  const { steps, filter } = chosenSteps(process.argv.slice(2));
  const tools = await ensureNode();
  await ensureInstalled(tools);
  const found = await ensureTestTools({
    needs: steps.flatMap(step => NEEDS[step.name] ?? []),
  });
  const folder = mkdtempSync(join(tmpdir(), 'delivery-test-'));
  console.log(`The whole logs are in ${folder}`);

  const postgres = steps.some(step => step.name === 'unit')
    ? await startPostgres(found.postgres)
    : undefined;
  let env = {
    ...tools.env,
    ...demoSecrets(join(folder, 'secrets.json')),
    ...postgres?.env,
    BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    CHROMIUM_PATH: found.chromium ?? '',
    CI: 'true',
    DELIVERY_TEST_FOLDER: folder,
    FORCE_COLOR: '0',
    NODE_ENV: undefined,
  };
  if (steps.some(step => step.name in NEEDS)) {
    for (const tool of RENDERERS) {
      env = await ensureGoTool(tool, env);
    }
  }

  // Built while what comes first is checked.
  const kubernetes = steps.some(step => step.name === 'unit')
    ? ensureKubernetes(env)
    : Promise.resolve({});

  const total = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const step of steps) {
      if (step.name === 'unit') {
        Object.assign(env, await kubernetes);
      }
      const began = Date.now();
      const counts = await step.run({
        folder,
        filter,
        buildApp: () => ensureAppBuilt({ ...tools, env }),
        execute: (args, options) =>
          run(tools.node, ['--no-node-snapshot', ...args], {
            env,
            log: join(folder, `${step.name}.log`),
            ...options,
          }),
      });
      if (isStopping()) {
        return 130;
      }
      for (const key of Object.keys(total)) {
        total[key] += counts[key];
      }
      for (const message of counts.messages) {
        console.log(`\n--- ${step.name} ---\n${message.trim()}\n`);
      }
      const seconds = Math.round((Date.now() - began) / 1000);
      console.log(`${step.name}: ${sentence(counts)} (${seconds} s)`);
    }
  } finally {
    await postgres?.stop();
  }
  console.log(sentence(total));
  return total.failed > 0 ? 1 : 0;
});

function chosenSteps(args) {
  const only = args.find(arg => arg.startsWith('--only='));
  const names = only?.slice('--only='.length).split(',');
  const unknown = names?.find(
    name => !testSteps.some(step => step.name === name),
  );
  if (unknown !== undefined) {
    throw new Problem(
      `There is no part "${unknown}" of the tests; the parts are ${testSteps
        .map(step => step.name)
        .join(', ')}.`,
    );
  }
  return {
    steps: names
      ? testSteps.filter(step => names.includes(step.name))
      : testSteps,
    filter: args.filter(arg => !arg.startsWith('--only=')),
  };
}

function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${
    skipped > 0 ? `, ${skipped} skipped` : ''
  }`;
}
