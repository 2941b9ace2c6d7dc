// SPDX-License-Identifier: Apache-2.0
import {
  serviceDeliverySchema,
  type ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { decision, PASSING, verdict } from './decisions';
import { door, slots } from './doors';
import { environment } from './environments';
import { digest, ulid } from './ids';
import { ago, NOW } from './instants';
import { promotion } from './promotions';
import { releaseSummary } from './releases';

const APPROVALS = verdict({
  gate: 'approvals',
  title: 'Approvals',
  status: 'wait',
  reason: '0 of 2 given.',
  canAct: ['group:default/team-orders', 'group:default/platform'],
});

const dev = environment({
  name: 'dev',
  tier: 'development',
  entry: 'automatic',
  runs: 44,
  at: ago({ minutes: 18 }),
});
const staging = environment({
  name: 'staging',
  tier: 'staging',
  after: ['dev'],
  runs: 42,
  by: 'anna',
  at: '2026-11-18T15:02:00.000Z',
  behindBy: [2, 'dev'],
});
const productionEu = environment({
  name: 'production-eu',
  after: ['staging'],
  runs: 41,
  pods: 4,
  by: 'chidi',
  at: '2026-11-17T16:48:00.000Z',
  verifiedAt: '2026-11-17T17:08:00.000Z',
  behindBy: [1, 'staging'],
});
const productionUs = environment({
  name: 'production-us',
  after: ['staging'],
  runs: 40,
  by: 'chidi',
  at: '2026-11-16T16:20:00.000Z',
  verifiedAt: '2026-11-16T16:38:00.000Z',
  behindBy: [2, 'staging'],
});

const toStaging = door({ from: 'dev', to: 'staging' }, 44);
const toEu = door(
  {
    from: 'staging',
    to: 'production-eu',
    decision: decision([APPROVALS, ...PASSING]),
    slots: slots(),
  },
  42,
);
const toUs = door(
  {
    from: 'staging',
    to: 'production-us',
    decision: decision([APPROVALS, ...PASSING]),
    slots: slots(),
  },
  42,
);

/** Changes the calm state of the service orders. */
export function delivery(
  change: Partial<ServiceDelivery> = {},
): ServiceDelivery {
  return serviceDeliverySchema.parse({
    service: 'component:default/orders',
    title: 'orders',
    path: 'default',
    setup: 'complete',
    environments: [dev, staging, productionEu, productionUs],
    doors: [toStaging, toEu, toUs],
    promotions: [],
    newest: releaseSummary(44),
    sources: [
      {
        source: 'kubernetes',
        id: 'gke',
        state: 'live',
        seenAt: ago({ seconds: 4 }),
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
    findings: [],
    links: [
      { title: 'Logs', url: 'https://logs.example.com/orders' },
      { title: 'Dashboard', url: 'https://metrics.example.com/orders' },
    ],
    asOf: NOW,
    ...change,
  });
}

/** Nothing is going on. */
export const normal = delivery();

/** Release 44 goes to staging, 2 of 3 pods are replaced. */
export const inFlight = delivery({
  environments: [
    dev,
    { ...staging, health: 'progressing' },
    environment({
      ...productionEu,
      name: 'production-eu',
      runs: 42,
      pods: 4,
      by: 'chidi',
      at: ago({ minutes: 40 }),
      verifiedAt: ago({ minutes: 25 }),
      behindBy: [0, 'staging'],
    }),
    productionUs,
  ],
  doors: [toStaging, { ...toEu, alreadyThere: true }, toUs],
  promotions: [
    promotion({
      number: 317,
      environment: 'staging',
      releaseNumber: 44,
      phase: 'running',
      decision: decision(PASSING),
      progress: { step: 'Deploy', ready: 2, desired: 3 },
      execution: {
        engine: 'spinnaker',
        id: '01JD3W8Q6ZK4',
        url: 'https://spinnaker.example.com/orders/executions/01JD3W8Q6ZK4',
      },
      phases: [
        { phase: 'waiting', at: '2026-11-20T10:40:02.000Z' },
        { phase: 'starting', at: '2026-11-20T10:40:05.000Z' },
        { phase: 'running', at: '2026-11-20T10:40:20.000Z' },
      ],
    }),
  ],
});

const BLOCKED = decision([
  verdict({
    gate: 'freeze',
    title: 'Freeze “Billing run”',
    status: 'wait',
    reason: 'no production change until Sunday 22:00.',
    earliest: '2026-11-22T22:00:00.000Z',
  }),
  verdict({
    gate: 'soak',
    title: 'Soak in staging',
    status: 'wait',
    reason: '14 h 07 min of 24 h in staging left.',
    earliest: '2026-11-21T07:12:00.000Z',
  }),
  verdict({
    gate: 'window',
    title: 'Window opens',
    status: 'wait',
    reason: 'opens Monday 09:00 (Mon to Fri, 09:00–16:00).',
    earliest: '2026-11-23T09:00:00.000Z',
  }),
  verdict({
    gate: 'approvals',
    title: 'Approvals',
    status: 'wait',
    reason: '1 of 2 given.',
    canAct: ['user:default/lee', 'user:default/mina'],
  }),
  ...PASSING,
]);

/** Promotion 318 waits for a freeze, the soak, the window and an approval. */
export const blocked = delivery({
  environments: [
    environment({ ...dev, name: 'dev', runs: 42, at: ago({ hours: 18 }) }),
    { ...staging, behind: { count: 0, than: 'dev' } },
    productionEu,
    productionUs,
  ],
  newest: releaseSummary(42),
  doors: [
    { ...toStaging, candidate: releaseSummary(42), alreadyThere: true },
    { ...toEu, decision: BLOCKED, slots: slots('chidi') },
    { ...toUs, decision: BLOCKED },
  ],
  promotions: [
    promotion({
      number: 318,
      environment: 'production-eu',
      releaseNumber: 42,
      createdAt: ago({ hours: 2 }),
      decision: BLOCKED,
      slots: slots('chidi'),
      approvals: [
        {
          id: ulid(1),
          promotionId: ulid(318),
          by: 'user:default/chidi',
          verdict: 'approve',
          reason: 'Checked the tax split with finance.',
          subject: digest('542'),
          at: ago({ hours: 1 }),
        },
      ],
      notCounted: [
        { person: 'user:default/anna', reason: 'asked for it' },
        { person: 'user:default/ben', reason: 'wrote 2 of the commits' },
      ],
    }),
  ],
});

/** Release 42 failed in production-eu and Release 41 came back. */
export const failed = delivery({
  environments: [
    dev,
    staging,
    {
      ...productionEu,
      deployment: {
        promotionId: ulid(320),
        promotionNumber: 320,
        releaseNumber: 41,
        kind: 'rollback',
        at: '2026-11-20T10:19:00.000Z',
        verifiedAt: '2026-11-20T10:22:00.000Z',
      },
      failure: {
        promotionId: ulid(319),
        promotionNumber: 319,
        releaseNumber: 42,
        at: '2026-11-20T10:14:00.000Z',
        message:
          'Deployment "orders" exceeded its progress deadline (600s). orders-6f2c-tq9vs: Readiness probe failed: HTTP probe failed with statuscode: 503',
        saidBy: 'Kubernetes',
        rolledBackTo: 41,
      },
      hold: {
        since: '2026-11-20T10:19:00.000Z',
        reason: 'A rollout failed and was rolled back.',
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
          gate: 'notMarkedBad',
          title: 'Not failed here',
          status: 'fail',
          reason: 'Release 42 failed in production-eu today 10:14.',
        }),
        APPROVALS,
        ...PASSING,
      ]),
    },
    toUs,
  ],
});

/** The outcome of promotion 321 is not known. */
export const needsAttention = delivery({
  promotions: [
    promotion({
      number: 321,
      environment: 'production-us',
      releaseNumber: 42,
      phase: 'needs-attention',
      phaseReason:
        'We asked Spinnaker to start at 10:31:07 and got no answer. 6 searches in 5 min found no execution for promotion 321. It may still have started.',
      createdAt: '2026-11-20T10:30:58.000Z',
      updatedAt: '2026-11-20T10:31:07.000Z',
      decision: decision([
        verdict({ gate: 'approvals', title: 'Approvals', reason: '2 of 2' }),
        ...PASSING,
      ]),
      slots: slots('chidi', 'lee'),
    }),
  ],
});

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
