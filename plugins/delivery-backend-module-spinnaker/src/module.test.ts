// SPDX-License-Identifier: Apache-2.0
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type CdEngine,
  deliveryEngineExtensionPoint,
} from 'backstage-plugin-delivery-node';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import module from './module';

async function start(data: object): Promise<CdEngine[]> {
  const engines: CdEngine[] = [];
  const host = createBackendPlugin({
    pluginId: 'delivery',
    register(reg) {
      reg.registerExtensionPoint(deliveryEngineExtensionPoint, {
        addEngine: engine => engines.push(engine),
      });
      reg.registerInit({ deps: {}, init: async () => {} });
    },
  });
  await startTestBackend({
    features: [host, module, mockServices.rootConfig.factory({ data })],
  });
  return engines;
}

describe('the Spinnaker module', () => {
  it('adds its engine when Spinnaker is configured', async () => {
    await expect(
      start({
        delivery: { spinnaker: { baseUrl: 'https://gate.example.com' } },
      }),
    ).resolves.toMatchObject([{ id: 'spinnaker' }]);
  });

  it('adds nothing otherwise, and refuses a wrong key by name', async () => {
    await expect(start({})).resolves.toEqual([]);
    await expect(
      start({
        delivery: {
          spinnaker: { baseUrl: 'https://gate.example.com', claim: 'required' },
        },
      }),
    ).rejects.toThrow(/delivery\.spinnaker\.claim is not a key/);
  });
});
