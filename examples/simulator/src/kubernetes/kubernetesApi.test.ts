// SPDX-License-Identifier: Apache-2.0
import { describeKubernetesApi } from './contract/describeKubernetesApi';
import { startKubernetes, type RunningKubernetes } from './startKubernetes';

describe('the simulated cluster', () => {
  const stop = new AbortController();
  let running: RunningKubernetes;
  beforeAll(async () => {
    running = await startKubernetes({
      port: 0,
      host: 'localhost',
      clusterName: 'contract',
      tokens: [{ token: 'all', user: 'contract' }],
      clock: { now: () => new Date() },
      signal: stop.signal,
      log: () => {},
      bookmarkEveryMs: 50,
      timing: {
        startAfterMs: 10,
        readyAfterMs: 20,
        crashAfterMs: 10,
        restartAfterMs: 200,
        retryAfterMs: 200,
        terminateAfterMs: 10,
        jobTakesMs: 20,
        progressDeadlineMs: 500,
      },
    });
  });
  afterAll(async () => {
    stop.abort();
    await running.stopped;
  });

  describeKubernetesApi(
    'as an API server',
    { runsPods: true, failsPods: true, compacts: true },
    () => ({
      url: running.url,
      token: 'all',
      compact: async () => running.controls.compact(),
    }),
  );
});

// The same suite against a real API server: name its address and a token that may do everything.
// KUBERNETES_API_RUNS_PODS=true where controllers and nodes (also fake ones) are there,
// KUBERNETES_API_FAILS_PODS=true where the nodes really pull and run images.
const { KUBERNETES_API_URL, KUBERNETES_API_TOKEN } = process.env;
if (KUBERNETES_API_URL) {
  describeKubernetesApi(
    'the API server that was named',
    {
      runsPods: process.env.KUBERNETES_API_RUNS_PODS === 'true',
      failsPods: process.env.KUBERNETES_API_FAILS_PODS === 'true',
      compacts: false,
    },
    () => ({ url: KUBERNETES_API_URL, token: KUBERNETES_API_TOKEN ?? '' }),
  );
}
