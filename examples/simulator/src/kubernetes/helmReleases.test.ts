// SPDX-License-Identifier: Apache-2.0
import { shippedRole } from './__testUtils__/shippedRole';
import { describeHelmReleases } from './__testUtils__/describeHelmReleases';
import { startKubernetes, type RunningKubernetes } from './startKubernetes';

jest.setTimeout(60_000);

describe('the simulated Kubernetes API server', () => {
  const stop = new AbortController();
  let running: RunningKubernetes;
  beforeAll(async () => {
    const { rules } = shippedRole('rbac.yaml');
    running = await startKubernetes({
      port: 0,
      host: '127.0.0.1',
      clusterName: 'local',
      tokens: [
        { token: 'admin', user: 'admin' },
        { token: 'refused', user: 'refused', rules },
        {
          token: 'allowed',
          user: 'allowed',
          rules: [...rules, ...shippedRole('rbac-helm-releases.yaml').rules],
        },
      ],
      clock: { now: () => new Date() },
      signal: stop.signal,
      log: () => {},
      timing: { startAfterMs: 10, readyAfterMs: 20, terminateAfterMs: 10 },
      bookmarkEveryMs: 100,
    });
  });
  afterAll(async () => {
    stop.abort();
    await running.stopped;
  });

  describeHelmReleases('tells what Helm recorded', () => ({
    url: running.url,
    token: 'admin',
    readers: { allowed: 'allowed', refused: 'refused' },
  }));
});
