// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesObserver } from 'backstage-plugin-delivery-backend-module-kubernetes';
import { placesOf } from '../world/World';
import { observerSettingsSchema } from './settings';

/** What is still needed once everything else was collected, in bytes. */
async function heapKept(): Promise<number> {
  for (let turn = 0; turn < 12; turn += 1) {
    await delay(250);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

/** The watching alone, without database and viewers, in a process of its own. */
async function watch(): Promise<void> {
  const { ports, size } = observerSettingsSchema.parse(
    JSON.parse(process.argv[2]),
  );
  const logger = mockServices.rootLogger({ level: 'error' });
  const seen = new Set<string>();
  const live = new Set<string>();
  const targets = placesOf(size).map(place => ({
    service: `component:default/${place.service}`,
    environment: place.environment,
    cluster: `cluster-${place.cluster}`,
    namespace: place.namespace,
    selector: `backstage.io/kubernetes-id=${place.service}`,
  }));
  await KubernetesObserver.create({
    logger,
    clusters: ports.map((port, index) => ({
      name: `cluster-${index}`,
      url: `http://127.0.0.1:${port}`,
      serviceAccountToken: 'benchmark',
      skipTlsVerify: false,
    })),
  }).observe(
    { current: () => targets, onChange: () => {} },
    {
      signal: new AbortController().signal,
      onObservation: ({ environment, service }) => {
        seen.add(`${service} ${environment}`);
        if (seen.size === targets.length) {
          process.send?.({ complete: true });
        }
      },
      onSource: ({ id, state }) => state === 'live' && live.add(id),
    },
  );
  process.on('message', async () => {
    process.send?.({ known: await heapKept() });
  });
  process.on('disconnect', () => process.exit(0));
}

watch().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
