// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRepository } from './repository.mjs';

const NAMES = [
  'DEMO_AUDIT_KEY',
  'DEMO_CHARTS_PASSWORD',
  'DEMO_CLAIM_TOKEN',
  'DEMO_GITHUB_TOKEN',
  'DEMO_JENKINS_TOKEN',
  'DEMO_KUBERNETES_TOKEN',
  'DEMO_REGISTRY_PASSWORD',
  'DEMO_SPINNAKER_TOKEN',
];

/**
 * The secrets of this copy of the demo, by the names that app-config.yaml uses.
 *
 * Made at the first start and kept in a file only this user can read; a variable
 * that is already set in the environment wins.
 */
export function demoSecrets(file = inRepository('.data', 'secrets.json')) {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = Object.fromEntries(
    NAMES.map(name => [name, kept[name] ?? randomBytes(24).toString('hex')]),
  );
  if (NAMES.some(name => !kept[name])) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, {
      mode: 0o600,
    });
  }
  return Object.fromEntries(
    NAMES.map(name => [name, process.env[name] ?? secrets[name]]),
  );
}
