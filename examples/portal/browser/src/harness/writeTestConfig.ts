// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository';

/** The ports of the demo as they stand in app-config.yaml. */
export const DEMO_PORTS = {
  portal: 7007,
  github: 7081,
  jenkins: 7082,
  spinnaker: 7083,
  kubernetes: 7084,
  charts: 7085,
  gitlab: 7087,
} as const;

/** A port for each part of the demo. */
export type Ports = Record<keyof typeof DEMO_PORTS, number>;

/**
 * Writes the demo's own configuration with other ports, another data folder and
 * secrets of its own, so that a test never meets a demo on the same machine.
 */
export function writeTestConfig(options: {
  ports: Ports;
  folder: string;
  replace?: Array<readonly [from: string, to: string]>;
}): string {
  const { ports, folder, replace = [] } = options;
  let text = readFileSync(join(repository, 'app-config.yaml'), 'utf8');
  text = text.replaceAll('../../../.data', folder);
  for (const [name, port] of Object.entries(DEMO_PORTS)) {
    const own = Object.entries(ports).find(([key]) => key === name)?.[1];
    text = text.replaceAll(String(port), String(own));
  }
  for (const [, name] of text.matchAll(/\$\{(DEMO_\w+)\}/g)) {
    text = text.replaceAll(`\${${name}}`, randomBytes(16).toString('hex'));
  }
  for (const [from, to] of replace) {
    if (!text.includes(from)) {
      throw new Error(`app-config.yaml does not say "${from}"`);
    }
    text = text.replaceAll(from, to);
  }
  const file = join(folder, 'app-config.yaml');
  writeFileSync(file, text);
  return file;
}
