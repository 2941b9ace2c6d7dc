// SPDX-License-Identifier: Apache-2.0
import { chooseHelmReleases } from './chooseHelmReleases';
import type { ProjectedHelmRelease } from './projectHelmRelease';
import type { ProjectedWorkload } from './projectWorkload';

const record = (
  change: Partial<ProjectedHelmRelease>,
): ProjectedHelmRelease => ({
  kind: 'HelmRelease',
  uid: 'u',
  name: 'sh.helm.release.v1.shop.v1',
  namespace: 'web',
  release: 'shop',
  revision: 1,
  status: 'deployed',
  ...change,
});
const workload = (labels: { [key: string]: string }): ProjectedWorkload => ({
  kind: 'Deployment',
  uid: 'd',
  name: 'shop',
  namespace: 'web',
  labels,
  observed: true,
  paused: false,
  desired: 1,
  replicas: 1,
  updated: 1,
  ready: 1,
  available: 1,
  images: [],
  conditions: {},
});
const helmed = workload({
  'app.kubernetes.io/managed-by': 'Helm',
  'app.kubernetes.io/instance': 'anna',
});

describe('chooseHelmReleases', () => {
  it('takes those that the Workloads name and the one of the same name, the newest of each', () => {
    const { newest } = chooseHelmReleases({
      name: 'shop',
      workloads: [helmed, workload({ 'app.kubernetes.io/instance': 'cache' })],
      records: [
        record({ revision: 9 }),
        record({ revision: 10, status: 'failed' }),
        record({ release: 'anna', chart: 'thin', version: '1.0.0' }),
        record({ release: 'cache' }),
        record({ release: 'another' }),
      ],
    });
    expect(newest).toEqual([
      {
        name: 'anna',
        revision: 1,
        status: 'deployed',
        chart: 'thin',
        version: '1.0.0',
      },
      { name: 'shop', revision: 10, status: 'failed' },
    ]);
  });

  it('takes the chart that was deployed, not the one that failed', () => {
    const { chartOf } = chooseHelmReleases({
      name: 'shop',
      workloads: [helmed],
      records: [
        record({ release: 'anna', chart: 'thin', version: '1.0.0' }),
        record({
          release: 'anna',
          revision: 2,
          status: 'failed',
          chart: 'thin',
          version: '2.0.0',
        }),
      ],
    });
    expect(chartOf(helmed)).toBe('thin-1.0.0');
    expect(chartOf(workload({}))).toBeUndefined();
  });
});
