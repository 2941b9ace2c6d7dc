// SPDX-License-Identifier: Apache-2.0
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { WatchMeter } from './WatchMeter';

describe('WatchMeter', () => {
  it('counts by cluster and kind, and tells how old a watch is when asked', () => {
    const add = jest.fn();
    const asked = new Map<string, (result: { observe: jest.Mock }) => void>();
    const metrics = metricsServiceMock.mock({
      createCounter: name => ({
        add: (value, attributes) => add(name, value, attributes),
      }),
      createObservableGauge: name => ({
        addCallback: callback => asked.set(name, callback),
        removeCallback: () => {},
      }),
    });
    const meter = new WatchMeter(metrics);
    meter.follow('blue', {
      ageSeconds: () => 7,
      sizes: () => new Map([['Pod', 5_000]]),
    });
    meter.follow('new', {
      ageSeconds: () => undefined,
      sizes: () => new Map(),
    });
    meter.requested('blue');
    meter.received('blue', 512);
    meter.listed('blue', 'Pod');
    meter.changed('blue', 'Pod');
    expect(add.mock.calls).toEqual([
      ['delivery.kubernetes.requests', 1, { cluster: 'blue' }],
      ['delivery.kubernetes.received', 512, { cluster: 'blue' }],
      ['delivery.kubernetes.lists', 1, { cluster: 'blue', kind: 'Pod' }],
      ['delivery.kubernetes.changes', 1, { cluster: 'blue', kind: 'Pod' }],
    ]);
    const observe = jest.fn();
    asked.forEach(callback => callback({ observe }));
    expect(observe.mock.calls).toEqual([
      [7, { cluster: 'blue' }],
      [5_000, { cluster: 'blue', kind: 'Pod' }],
    ]);
  });
});
