// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { Problem } from './Problem.mjs';
import { inRepository } from './repository.mjs';

const PORTAL = [[7007, 'the portal']];
const VENDORS = [
  [7081, 'the simulated GitHub'],
  [7082, 'the simulated Jenkins'],
  [7083, 'the simulated Spinnaker'],
  [7084, 'the simulated Kubernetes API'],
  [7085, 'the simulated chart repository'],
  [7087, 'the simulated GitLab'],
];

/**
 * Checks that nobody else listens where the demo will.
 *
 * @remarks
 * With an app-config.local.yaml the vendors may be elsewhere or real, so only
 * the portal's own port is checked then.
 */
export async function ensurePortsFree() {
  const ports = existsSync(inRepository('app-config.local.yaml'))
    ? PORTAL
    : [...PORTAL, ...VENDORS];
  for (const [port, owner] of ports) {
    if (!(await isFree(port))) {
      throw new Problem(
        `Port ${port} is needed for ${owner} but another program listens on it: stop that program (or a portal that is still running) and try again.`,
      );
    }
  }
}

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
