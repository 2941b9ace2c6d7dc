// SPDX-License-Identifier: Apache-2.0
import {
  APPROVALS,
  delivery,
  dev,
  productionEu,
  productionUs,
  staging,
  toEu,
  toStaging,
  toUs,
} from './baseDelivery';
import { decision, PASSING, verdict } from './decisions';
import { door } from './doors';
import { environment } from './environments';
import { digest, ulid } from './ids';
import { ago } from './instants';
import { normal } from './busyDeliveries';

/** The cluster of production-eu does not answer since 09:41. */
export const sourceOutage = delivery({
  environments: [
    dev,
    staging,
    {
      ...productionEu,
      observation: {
        state: 'stale',
        observedAt: '2026-11-20T09:41:00.000Z',
        since: '2026-11-20T09:41:30.000Z',
        reason:
          'Get "https://10.40.0.2/api/v1/namespaces/orders/pods": dial tcp 10.40.0.2:443: i/o timeout',
      },
    },
    productionUs,
  ],
  doors: [
    toStaging,
    {
      ...toEu,
      decision: decision([
        verdict({
          gate: 'health',
          title: 'Target healthy',
          status: 'unknown',
          reason: 'not seen since 09:41. Unknown never passes.',
          canAct: ['group:default/platform'],
        }),
        APPROVALS,
        ...PASSING.slice(0, 3),
      ]),
    },
    toUs,
  ],
  sources: [
    {
      source: 'kubernetes',
      id: 'gke',
      state: 'live',
      seenAt: ago({ seconds: 4 }),
    },
    {
      source: 'kubernetes',
      id: 'gke-production-eu',
      state: 'stale',
      seenAt: '2026-11-20T09:41:00.000Z',
      reason: 'i/o timeout',
    },
    {
      source: 'spinnaker',
      id: 'default',
      state: 'live',
      seenAt: ago({ seconds: 6 }),
    },
    {
      source: 'jenkins',
      id: 'default',
      state: 'live',
      seenAt: ago({ seconds: 11 }),
    },
  ],
});

/** What runs in production-eu crashes since its configuration was changed. */
export const crashing = delivery({
  environments: [
    dev,
    staging,
    {
      ...productionEu,
      health: 'unhealthy',
      workloads: productionEu.workloads.map(workload => ({
        ...workload,
        ready: 1,
        restarts: 14,
        health: 'unhealthy' as const,
        message:
          'orders-6f2c-tq9vs: CrashLoopBackOff: back-off 5m0s restarting failed container=app',
        events: [
          {
            reason: 'Unhealthy',
            message:
              'Readiness probe failed: HTTP probe failed with statuscode: 503',
            count: 31,
            at: ago({ minutes: 6 }),
          },
          {
            reason: 'BackOff',
            message:
              'Back-off restarting failed container app in pod orders-6f2c-tq9vs_orders(51c0a9f3)',
            count: 12,
            at: ago({ minutes: 2 }),
          },
        ],
      })),
      helmReleases: [
        {
          name: 'orders',
          revision: 7,
          status: 'failed',
          chart: 'orders',
          version: '3.8.41',
        },
      ],
    },
    productionUs,
  ],
});

const REFUSED = {
  allowed: false as const,
  reason: 'To promote orders you need to be in team-orders.',
  who: ['group:default/team-orders'],
};

/** The reader may only look. */
export const noPermission = delivery({
  environments: normal.environments.map(each => ({
    ...each,
    rollback: { ...each.rollback, may: REFUSED },
  })),
  doors: normal.doors.map(each => ({ ...each, may: REFUSED })),
});

const production = environment({
  name: 'production',
  after: ['staging'],
  runs: 42,
  pods: 4,
  by: 'chidi',
  at: '2026-11-18T15:02:00.000Z',
  verifiedAt: '2026-11-18T15:22:00.000Z',
});

/** Three Environments in a row; production was changed from outside. */
export const simpleLine = delivery({
  service: 'component:default/payments',
  title: 'payments',
  environments: [
    dev,
    environment({
      ...staging,
      name: 'staging',
      runs: 44,
      by: 'anna',
      at: ago({ minutes: 50 }),
      behindBy: [0, 'dev'],
    }),
    {
      ...production,
      release: undefined,
      workloads: production.workloads.map(workload => ({
        ...workload,
        images: [
          {
            name: 'registry.example.com/northwind/payments',
            tag: '2.30.0-hotfix',
            digest: digest('b77e0c41aa90'),
          },
        ],
      })),
      drift: {
        field: 'image',
        expected: '2.30.0 @ 51c0a9f37d3e',
        observed: '2.30.0-hotfix @ b77e0c41aa90',
        since: '2026-11-20T09:12:00.000Z',
      },
      changedOutside: {
        id: ulid(9),
        since: '2026-11-20T09:12:00.000Z',
        reason: 'No promotion brought this image.',
      },
      rollback: {
        ...production.rollback,
        targets: [
          {
            releaseId: 'release-42',
            number: 42,
            verifiedAt: '2026-11-18T15:22:00.000Z',
          },
          ...production.rollback.targets,
        ],
      },
    },
  ],
  doors: [
    { ...toStaging, alreadyThere: true },
    door(
      {
        from: 'staging',
        to: 'production',
        decision: decision([
          verdict({
            gate: 'soak',
            title: 'Soak of 6 h',
            status: 'wait',
            reason: '5 h 32 min of 6 h in staging left.',
            earliest: '2026-11-20T17:10:00.000Z',
          }),
          ...PASSING,
        ]),
      },
      44,
    ),
  ],
});

/** The Service is in the catalog, but not on a promotion path. */
export const firstUse = delivery({
  setup: 'incomplete',
  environments: ['dev', 'staging', 'production'].map((name, index, all) =>
    environment({
      name,
      after: index === 0 ? [] : [all[index - 1] ?? ''],
      health: 'missing',
      observation: { state: 'never' },
    }),
  ),
  doors: [],
  newest: undefined,
  sources: [],
  links: [],
  findings: [
    {
      id: 'jenkins',
      title: 'Jenkins folder',
      state: 'found',
      detail: 'orders with the jobs image and chart',
      link: {
        title: 'Open folder',
        url: 'https://jenkins.example.com/job/orders',
      },
    },
    {
      id: 'record',
      title: 'Release record',
      state: 'found',
      detail: 'delivery-release.json in build 12 of orders/chart',
    },
    {
      id: 'spinnaker',
      title: 'Spinnaker application',
      state: 'missing',
      detail: 'annotation spinnaker.io/application-name is not set',
      annotation: { key: 'spinnaker.io/application-name', value: 'orders' },
    },
    {
      id: 'workloads',
      title: 'Workloads',
      state: 'missing',
      detail: 'annotation backstage.io/kubernetes-id is not set',
      annotation: { key: 'backstage.io/kubernetes-id', value: 'orders' },
    },
    {
      id: 'kubernetes',
      title: 'Kubernetes',
      state: 'unknown',
      detail: 'namespaces can be checked when the workloads are named',
    },
  ],
});
