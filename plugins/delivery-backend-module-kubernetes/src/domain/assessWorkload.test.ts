// SPDX-License-Identifier: Apache-2.0
import {
  ALL_LOST_AFTER_MS,
  assessWorkload,
  STUCK_AFTER_MS,
} from './assessWorkload';
import type { ProjectedPod } from './projectPod';
import type { ProjectedWorkload } from './projectWorkload';

const COMPLETE: ProjectedWorkload = {
  kind: 'Deployment',
  uid: 'd',
  name: 'shop',
  namespace: 'web',
  labels: {},
  observed: true,
  paused: false,
  desired: 3,
  replicas: 3,
  updated: 3,
  ready: 3,
  available: 3,
  images: [],
  conditions: {},
};
const POD: ProjectedPod = {
  kind: 'Pod',
  uid: 'p',
  name: 'shop-1',
  namespace: 'web',
  phase: 'Pending',
  ready: false,
  terminating: false,
  restarts: 0,
  images: [],
};
const waiting = (reason: string, message?: string): ProjectedPod => ({
  ...POD,
  waiting: { reason, message },
});
const condition = (status: string, reason: string, message: string) => ({
  status,
  reason,
  message,
});

describe('assessWorkload', () => {
  it.each<{
    what: string;
    workload?: Partial<ProjectedWorkload>;
    pods?: ProjectedPod[];
    lackingForMs?: number;
    is: { health: string; message?: string };
  }>([
    { what: 'complete', is: { health: 'healthy' } },
    {
      what: 'a change that its controller has not seen',
      workload: { observed: false },
      is: {
        health: 'progressing',
        message: 'Its controller has not seen the change yet',
      },
    },
    {
      what: 'a rollout under way',
      workload: { updated: 1, replicas: 4 },
      is: { health: 'progressing', message: '1 of 3 pods updated' },
    },
    {
      what: 'old Pods that still end',
      workload: { replicas: 4 },
      is: { health: 'progressing', message: '1 old pods still to end' },
    },
    {
      what: 'one failed pull',
      workload: { updated: 1, replicas: 4 },
      pods: [waiting('ErrImagePull', 'not found')],
      is: {
        health: 'progressing',
        message: '1 of 3 pods updated · shop-1: ErrImagePull: not found',
      },
    },
    {
      what: 'a Pod that finds no node',
      workload: { available: 2, ready: 2 },
      pods: [waiting('Unschedulable', '0/3 nodes are available')],
      is: {
        health: 'progressing',
        message:
          '2 of 3 pods available · shop-1: Unschedulable: 0/3 nodes are available',
      },
    },
    {
      what: 'backing off after failed pulls',
      workload: { updated: 1, replicas: 4 },
      pods: [waiting('ImagePullBackOff')],
      is: { health: 'unhealthy', message: 'shop-1: ImagePullBackOff' },
    },
    {
      what: 'a crash loop',
      workload: { available: 2, ready: 2 },
      pods: [waiting('CrashLoopBackOff', 'back-off 10s')],
      is: {
        health: 'unhealthy',
        message: 'shop-1: CrashLoopBackOff: back-off 10s',
      },
    },
    {
      what: 'a deadline that passed',
      workload: {
        updated: 1,
        replicas: 4,
        conditions: {
          Progressing: condition(
            'False',
            'ProgressDeadlineExceeded',
            'ReplicaSet "shop-x" has timed out progressing.',
          ),
        },
      },
      pods: [waiting('ErrImagePull', 'not found')],
      is: {
        health: 'unhealthy',
        message:
          'ReplicaSet "shop-x" has timed out progressing. · shop-1: ErrImagePull: not found',
      },
    },
    {
      what: 'a quota without room',
      workload: {
        updated: 0,
        conditions: {
          ReplicaFailure: condition(
            'True',
            'FailedCreate',
            'exceeded quota: q',
          ),
        },
      },
      is: { health: 'unhealthy', message: 'exceeded quota: q' },
    },
    {
      what: 'a pause in the middle',
      workload: { paused: true, updated: 1 },
      is: { health: 'progressing', message: 'Paused with 1 of 3 pods updated' },
    },
    {
      what: 'a pause with everything updated',
      workload: { paused: true },
      is: { health: 'healthy' },
    },
    {
      what: 'a lost Pod that is being replaced',
      workload: { available: 2, ready: 2 },
      lackingForMs: ALL_LOST_AFTER_MS,
      is: { health: 'progressing', message: '2 of 3 pods available' },
    },
    {
      what: 'all Pods lost for a minute after a finished rollout',
      workload: {
        available: 0,
        ready: 0,
        conditions: {
          Available: condition(
            'False',
            'x',
            'Deployment does not have minimum availability.',
          ),
          Progressing: condition('True', 'NewReplicaSetAvailable', ''),
        },
      },
      lackingForMs: ALL_LOST_AFTER_MS,
      is: {
        health: 'unhealthy',
        message:
          'Deployment does not have minimum availability. · 0 of 3 pods available',
      },
    },
    {
      what: 'Pods that lack for ten minutes',
      workload: { kind: 'StatefulSet', available: 2, ready: 2 },
      lackingForMs: STUCK_AFTER_MS,
      is: { health: 'unhealthy', message: '2 of 3 pods available' },
    },
  ])(
    'takes $what for $is.health',
    ({ workload, pods = [], lackingForMs, is }) => {
      expect(
        assessWorkload({
          workload: { ...COMPLETE, ...workload },
          pods,
          lackingForMs,
        }),
      ).toEqual(is);
    },
  );
});
