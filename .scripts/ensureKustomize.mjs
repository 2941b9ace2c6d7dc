// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter } from 'node:path';
import { inRepository } from './repository.mjs';
import { run } from './run.mjs';

const KUSTOMIZE = 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.0';

/**
 * Puts a real Kustomize on the PATH when that can be had: the machine's own, or one built
 * with Go into `.tools/`. Without either, what takes it says that it was not tried.
 */
export async function ensureKustomize(env) {
  if ((await run('kustomize', ['version'], { env })).code === 0) {
    return env;
  }
  const folder = inRepository('.tools');
  if (!existsSync(inRepository('.tools', 'kustomize'))) {
    if ((await run('go', ['version'], { env })).code !== 0) {
      console.log('NOT INSTALLED: Kustomize, and no Go to build it with.');
      return env;
    }
    console.log('Building Kustomize with Go (once) …');
    mkdirSync(folder, { recursive: true });
    const { code } = await run('go', ['install', KUSTOMIZE], {
      env: { ...env, GOBIN: folder, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
    });
    if (code !== 0) {
      console.log('NOT INSTALLED: Kustomize, which could not be built.');
      return env;
    }
  }
  return { ...env, PATH: [folder, env.PATH].join(delimiter) };
}
