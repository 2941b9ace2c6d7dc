// SPDX-License-Identifier: Apache-2.0
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  BuildSource,
  deliveryBuildSourceExtensionPoint,
} from 'backstage-plugin-delivery-node';
import { deliveryModuleJenkins } from './module';

async function start(delivery: object): Promise<BuildSource[]> {
  const added: BuildSource[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        deliveryBuildSourceExtensionPoint,
        { addBuildSource: source => added.push(source) },
      ],
    ],
    features: [
      deliveryModuleJenkins,
      mockServices.rootConfig.factory({ data: { delivery: { ...delivery } } }),
    ],
  });
  await backend.stop();
  return added;
}

describe('the Jenkins module', () => {
  it('adds Jenkins as a build source', async () => {
    const instances = [
      {
        name: 'default',
        baseUrl: 'http://jenkins.test',
        username: 'backstage',
        apiToken: 'token',
      },
    ];
    expect(await start({ jenkins: { instances } })).toMatchObject([
      { id: 'jenkins' },
    ]);
  });

  it('adds nothing when no Jenkins is configured', async () => {
    expect(await start({})).toEqual([]);
  });

  it('does not start with a configuration that it does not understand', async () => {
    await expect(start({ jenkins: { baseUrl: 'x' } })).rejects.toThrow(
      'delivery.jenkins.baseUrl is not a known key',
    );
  });
});
