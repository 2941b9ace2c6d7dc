// SPDX-License-Identifier: Apache-2.0
import type { ChartHandOver } from 'backstage-plugin-delivery-common';
import {
  bakeSourceFor,
  renderDeployPipeline,
  SpinnakerClient,
} from 'backstage-plugin-spinnaker-client';
import {
  FakeGate,
  type GateState,
} from 'backstage-plugin-spinnaker-client/testUtils';
import { CONFIG, ORDERS } from '../database/shop';

/** Spinnaker with the application and the pipelines of the Service, and nothing run yet. */
export async function spinnakerState(
  handOver: ChartHandOver = 'registry',
): Promise<GateState> {
  const gate = new FakeGate();
  const client = SpinnakerClient.create({
    baseUrl: 'http://gate.test',
    fetch: async (input, init) => gate.handle(new Request(input, init)),
  });
  await client.saveApplication({
    kind: 'create',
    application: {
      name: 'orders',
      email: 'team@example.com',
      entityRef: ORDERS.entityRef,
    },
  });
  const environments = CONFIG.paths.get(ORDERS.path)?.environments ?? [];
  for (const { account, gated, name } of environments) {
    await client.savePipeline(
      renderDeployPipeline({
        application: 'orders',
        entityRef: ORDERS.entityRef,
        environment: {
          name,
          account,
          namespace: `orders-${name}`,
          gated,
        },
        ...bakeSourceFor(
          { chartAccount: 'charts' },
          {
            chartName: 'orders',
            environment: name,
            renderer: 'helm',
            handOver,
          },
        ),
        webhook: gated
          ? undefined
          : {
              source: 'orders',
              payload: { application: 'orders', environment: name },
            },
      }),
    );
  }
  return gate.export();
}
