// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repository } from './repository.mjs';

const IGNORED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/** A digest over the names and contents of files and folders, in a fixed order. */
export function fingerprint(paths, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const file of paths.filter(existsSync).flatMap(filesIn).sort()) {
    hash.update(`\0${relative(repository, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  return readdirSync(path)
    .filter(name => !IGNORED.has(name))
    .flatMap(name => filesIn(join(path, name)));
}
