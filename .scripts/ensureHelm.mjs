// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter } from 'node:path';
import { inRepository } from './repository.mjs';
import { run } from './run.mjs';

const HELM = 'helm.sh/helm/v3/cmd/helm@v3.19.2';

/**
 * Puts a real Helm on the PATH when that can be had: the machine's own, or one
 * built with Go into `.tools/`. Without either the scripts under test say that
 * they use the shim.
 */
export async function ensureHelm(env) {
  if ((await run('helm', ['version', '--short'], { env })).code === 0) {
    return env;
  }
  const folder = inRepository('.tools');
  if (!existsSync(inRepository('.tools', 'helm'))) {
    if ((await run('go', ['version'], { env })).code !== 0) {
      console.log('No Helm and no Go here: the chart tests use the shim.');
      return env;
    }
    console.log('Building Helm with Go (once) …');
    mkdirSync(folder, { recursive: true });
    const { code } = await run('go', ['install', HELM], {
      env: { ...env, GOBIN: folder, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
    });
    if (code !== 0) {
      console.log('Helm could not be built: the chart tests use the shim.');
      return env;
    }
  }
  return { ...env, PATH: [folder, env.PATH].join(delimiter) };
}
