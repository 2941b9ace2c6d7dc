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
import { slots } from './doors';
import { environment } from './environments';
import { digest, ulid } from './ids';
import { ago } from './instants';
import { promotion } from './promotions';
import { releaseSummary } from './releases';

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
