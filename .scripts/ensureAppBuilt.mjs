// SPDX-License-Identifier: Apache-2.0
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { Problem } from './Problem.mjs';
import { inRepository } from './repository.mjs';
import { run } from './run.mjs';

const STAMP = inRepository('examples', 'portal', 'app', 'dist', '.built-from');

/** Builds the portal's app unless the last build was made from the same sources. */
export async function ensureAppBuilt({ env, node }) {
  const wanted = fingerprint(sources());
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
    return;
  }
  console.log('Building the app (about a minute, only when it changed) …');
  const log = join(mkdtempSync(join(tmpdir(), 'delivery-')), 'app-build.log');
  const { code } = await run(
    node,
    [
      inRepository('node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'package',
      'build',
    ],
    { cwd: inRepository('examples', 'portal', 'app'), env, log },
  );
  if (code !== 0) {
    throw new Problem(`The app could not be built; the reason is in ${log}.`);
  }
  writeFileSync(STAMP, wanted);
}

function sources() {
  const packages = [
    inRepository('examples', 'portal', 'app'),
    ...readdirSync(inRepository('plugins'))
      .filter(name => name === 'delivery' || name === 'delivery-common')
      .map(name => inRepository('plugins', name)),
  ];
  return [
    inRepository('yarn.lock'),
    ...packages.flatMap(folder => [
      join(folder, 'package.json'),
      join(folder, 'src'),
      join(folder, 'config.d.ts'),
      join(folder, 'public'),
    ]),
  ];
}
