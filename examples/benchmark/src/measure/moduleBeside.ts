// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';

/** The file of a module of the benchmark that runs in a process of its own. */
export function moduleBeside(
  name: 'generator/server' | 'backend/main' | 'observer/main',
): string {
  return join(process.cwd(), 'src', `${name}.ts`);
}
