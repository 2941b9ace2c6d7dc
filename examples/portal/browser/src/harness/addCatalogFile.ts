// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCATIONS = '  locations:\n';

/** Puts more entities into the catalog of a portal that was not started yet. */
export function addCatalogFile(options: {
  config: string;
  folder: string;
  entities: string;
}): void {
  const file = join(options.folder, 'entities.yaml');
  writeFileSync(file, options.entities);
  const text = readFileSync(options.config, 'utf8');
  const entry = `    - type: file\n      target: ${file}\n`;
  writeFileSync(
    options.config,
    text.replace(LOCATIONS, `${LOCATIONS}${entry}`),
  );
}
