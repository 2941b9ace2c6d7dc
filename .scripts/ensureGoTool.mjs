// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter } from 'node:path';
import { inRepository } from './repository.mjs';
import { run } from './run.mjs';

/**
 * Puts a real tool on the PATH when that can be had: the machine's own, or one
 * built with Go into `.tools/`. Without either, says what becomes of the tests.
 *
 * `command` answers when the tool is there; `module` is what Go builds.
 */
export async function ensureGoTool({ name, command, module, without }, env) {
  const [program, ...args] = command;
  if ((await run(program, args, { env })).code === 0) {
    return env;
  }
  const folder = inRepository('.tools');
  if (!existsSync(inRepository('.tools', program))) {
    if ((await run('go', ['version'], { env })).code !== 0) {
      console.log(`No ${name} and no Go here: ${without}.`);
      return env;
    }
    console.log(`Building ${name} with Go (once) …`);
    mkdirSync(folder, { recursive: true });
    const { code } = await run('go', ['install', module], {
      env: { ...env, GOBIN: folder, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
    });
    if (code !== 0) {
      console.log(`${name} could not be built: ${without}.`);
      return env;
    }
  }
  return { ...env, PATH: [folder, env.PATH].join(delimiter) };
}
