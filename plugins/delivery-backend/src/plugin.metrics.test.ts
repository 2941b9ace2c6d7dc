// SPDX-License-Identifier: Apache-2.0
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { ORDERS_REF, type StartedPlugin } from './__testUtils__/pluginSteps';
import { startPlugin } from './__testUtils__/startPlugin';

jest.setTimeout(60_000);

let plugin: StartedPlugin | undefined;
afterEach(async () => {
  await plugin?.stop();
  plugin = undefined;
});

describe('the figures about requests', () => {
  it('tell how long each route took and how it ended, and never what was asked for', async () => {
    const record = jest.fn();
    const metrics = metricsServiceMock.mock({
      createHistogram: name => ({
        record: (value, attributes) => record(name, value, attributes),
      }),
    });
    plugin = await startPlugin({
      features: [
        createServiceFactory({
          service: metricsServiceRef,
          deps: {},
          factory: () => metrics,
        }),
      ],
    });
    const { api, as, root, until } = plugin;
    await until(
      () => api.getService(ORDERS_REF, as('ben')),
      ({ setup }) => setup === 'complete',
    );
    await expect(
      api.getService('component:default/nobody', as('ben')),
    ).rejects.toMatchObject({ statusCode: 404 });
    await fetch(`${root}/api/delivery/openapi.json`);
    const service = '/v1/services/:kind/:namespace/:name';
    await until(
      async () => record.mock.calls,
      calls => calls.some(([, , { route }]) => route === '/openapi.json'),
    );
    const told = record.mock.calls.map(([name, , attributes]) => ({
      name,
      ...attributes,
    }));
    const name = 'delivery.api.duration';
    expect(told).toContainEqual({
      name,
      method: 'GET',
      route: service,
      status: '200',
    });
    expect(told).toContainEqual({
      name,
      method: 'GET',
      route: service,
      status: '404',
    });
    expect(told).toContainEqual({
      name,
      method: 'GET',
      route: '/openapi.json',
      status: '200',
    });
    const seconds = record.mock.calls.map(([, value]) => value);
    expect(seconds.every(value => value > 0 && value < 60)).toBe(true);
    expect(JSON.stringify(told)).not.toContain('nobody');
  });
});
