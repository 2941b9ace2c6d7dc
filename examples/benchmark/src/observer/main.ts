// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesObserver } from 'backstage-plugin-delivery-backend-module-kubernetes';
import { serviceName, placesOf } from '../world/World';
import { observerSettingsSchema } from './settings';

/** The watching alone, without database and viewers, in a process of its own. */
async function watch(): Promise<void> {
  const { ports, size } = observerSettingsSchema.parse(
    JSON.parse(process.argv[2]),
  );
  const logger = mockServices.logger.mock({
    child: () => mockServices.logger.mock(),
  });
  const seen = new Set<string>();
  const live = new Set<string>();
  const targets = placesOf(size).map(place => ({
    service: `component:default/${place.service}`,
    environment: place.environment,
    cluster: `cluster-${place.cluster}`,
    namespace: place.namespace,
    selector: `backstage.io/kubernetes-id=${place.service}`,
  }));
  globalThis.gc?.();
  const empty = process.memoryUsage().heapUsed;
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
  process.on('message', () => {
    globalThis.gc?.();
    process.send?.({
      known: process.memoryUsage().heapUsed - empty,
      last: serviceName(size.services - 1),
    });
  });
  process.on('disconnect', () => process.exit(0));
}

watch().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
