// SPDX-License-Identifier: Apache-2.0
import type { Observation } from 'backstage-plugin-delivery-common';
import { standsTheSame } from './standsTheSame';

const workload: Observation['workloads'][number] = {
  kind: 'Deployment',
  name: 'orders',
  ready: 2,
  desired: 2,
  images: [{ name: 'orders', digest: `sha256:${'a'.repeat(64)}` }],
  chart: 'orders-3.8.1',
  health: 'healthy',
};
const seen: Observation = {
  service: 'component:default/orders',
  environment: 'staging',
  observedAt: '2026-11-16T09:00:00Z',
  health: 'healthy',
  workloads: [workload],
};

describe('standsTheSame', () => {
  it.each<[string, Partial<Observation>]>([
    ['when it was seen', { observedAt: '2026-11-16T09:05:00Z' }],
    ['how many copies are ready', { workloads: [{ ...workload, ready: 1 }] }],
  ])('does not mind %s', (_, change) => {
    expect(standsTheSame(seen, { ...seen, ...change })).toBe(true);
  });

  it.each<[string, Partial<Observation>]>([
    ['the health', { health: 'unhealthy' }],
    ['that a workload is gone', { workloads: [] }],
    [
      'the health of a workload',
      { workloads: [{ ...workload, health: 'unhealthy' }] },
    ],
    ['the chart', { workloads: [{ ...workload, chart: 'orders-3.8.2' }] }],
    [
      'the digest of an image',
      {
        workloads: [
          {
            ...workload,
            images: [{ name: 'orders', digest: `sha256:${'b'.repeat(64)}` }],
          },
        ],
      },
    ],
    [
      'the name of an image',
      {
        workloads: [
          { ...workload, images: [{ ...workload.images[0], name: 'api' }] },
        ],
      },
    ],
  ])('tells %s', (_, change) => {
    expect(standsTheSame(seen, { ...seen, ...change })).toBe(false);
  });
});
