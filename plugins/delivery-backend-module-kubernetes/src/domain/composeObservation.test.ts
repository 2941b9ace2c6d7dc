// SPDX-License-Identifier: Apache-2.0
import { observationSchema } from 'backstage-plugin-delivery-common';
import { composeObservation } from './composeObservation';
import type { ProjectedPod } from './projectPod';
import type { ProjectedWorkload } from './projectWorkload';

const OLD = { name: 'shop', digest: `sha256:${'a'.repeat(64)}` };
const NEW = { name: 'shop', digest: `sha256:${'b'.repeat(64)}` };
const target = { service: 'component:default/shop', environment: 'prod' };
const now = new Date('2026-11-21T10:00:00Z');

const workload = (
  change: Partial<ProjectedWorkload> = {},
): ProjectedWorkload => ({
  kind: 'Deployment',
  uid: 'd',
  name: 'shop',
  namespace: 'web',
  labels: { 'helm.sh/chart': 'shop-1.2.44_build.5' },
  observed: true,
  paused: false,
  desired: 1,
  replicas: 1,
  updated: 1,
  ready: 1,
  available: 1,
  images: [NEW],
  conditions: {},
  ...change,
});
const pod = (change: Partial<ProjectedPod>): ProjectedPod => ({
  kind: 'Pod',
  uid: 'p',
  name: 'shop-1',
  namespace: 'web',
  phase: 'Running',
  ready: true,
  terminating: false,
  restarts: 0,
  images: [OLD],
  ...change,
});
const compose = (
  workloads: { workload: ProjectedWorkload; pods: ProjectedPod[] }[],
) => {
  const observation = composeObservation({
    target,
    now,
    workloads: workloads.map(each => ({ ...each, lackingForMs: undefined })),
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  return observation;
};
const imagesOf = (pods: ProjectedPod[]) =>
  compose([{ workload: workload(), pods }]).workloads[0].images;

describe('composeObservation', () => {
  it('shows what serves: ready Pods first, then any Pods, then the specification', () => {
    const broken = pod({ ready: false, images: [NEW], phase: 'Pending' });
    expect(imagesOf([pod({}), broken])).toEqual([OLD]);
    expect(imagesOf([pod({}), pod({ images: [NEW] })])).toEqual([OLD, NEW]);
    expect(imagesOf([broken])).toEqual([NEW]);
    expect(imagesOf([pod({ terminating: true })])).toEqual([NEW]);
    expect(imagesOf([pod({ phase: 'Failed', ready: false })])).toEqual([NEW]);
    expect(imagesOf([])).toEqual([NEW]);
  });

  it('reads the chart back from its label', () => {
    const { workloads } = compose([{ workload: workload(), pods: [] }]);
    expect(workloads[0].chart).toBe('shop-1.2.44+build.5');
    expect(workloads[0]).not.toHaveProperty('version');
  });

  it('tells the version that a Workload says of itself', () => {
    const labels = { 'app.kubernetes.io/version': '2.31.0' };
    const { workloads } = compose([
      { workload: workload({ labels }), pods: [] },
    ]);
    expect(workloads[0].version).toBe('2.31.0');
  });

  it('is as healthy as its worst Workload, and missing when nothing is wanted', () => {
    const healthy = { workload: workload(), pods: [] };
    const rolling = { workload: workload({ name: 'b', updated: 0 }), pods: [] };
    const crashing = {
      workload: workload({ name: 'c', ready: 0, available: 0 }),
      pods: [pod({ ready: false, waiting: { reason: 'CrashLoopBackOff' } })],
    };
    const asleep = {
      workload: workload({
        name: 'd',
        desired: 0,
        ready: 0,
        updated: 0,
        replicas: 0,
        available: 0,
      }),
      pods: [],
    };
    expect(compose([healthy]).health).toBe('healthy');
    expect(compose([healthy, asleep]).health).toBe('healthy');
    expect(compose([healthy, rolling]).health).toBe('progressing');
    expect(compose([healthy, rolling, crashing]).health).toBe('unhealthy');
    expect(compose([asleep]).health).toBe('missing');
    expect(compose([])).toMatchObject({ health: 'missing', workloads: [] });
  });
});
