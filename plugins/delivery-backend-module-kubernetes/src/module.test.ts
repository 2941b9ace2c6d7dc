// SPDX-License-Identifier: Apache-2.0
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  deliveryObserverExtensionPoint,
  type EnvironmentObserver,
} from 'backstage-plugin-delivery-node';
import deliveryModuleKubernetes from './module';

const delivery = (observers: EnvironmentObserver[]) =>
  createBackendPlugin({
    pluginId: 'delivery',
    register(reg) {
      reg.registerExtensionPoint(deliveryObserverExtensionPoint, {
        addObserver: observer => observers.push(observer),
      });
      reg.registerInit({ deps: {}, async init() {} });
    },
  });

const start = (
  clusters: { [key: string]: string }[],
  observers: EnvironmentObserver[],
) =>
  startTestBackend({
    features: [
      delivery(observers),
      deliveryModuleKubernetes,
      mockServices.rootConfig.factory({
        data: {
          kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters }] },
        },
      }),
    ],
  });

describe('the Kubernetes module of delivery', () => {
  it('adds an observer for the clusters of the Kubernetes plugin', async () => {
    const observers: EnvironmentObserver[] = [];
    await start([{ name: 'local', url: 'http://localhost:8080' }], observers);
    expect(observers.map(each => each.id)).toEqual(['kubernetes']);
  });

  it('stops the start with the key of a wrong value', async () => {
    await expect(
      start([{ name: 'local', url: 'nowhere' }], []),
    ).rejects.toThrow(/clusters\[0\]\.url must be an http or https address/);
  });
});
