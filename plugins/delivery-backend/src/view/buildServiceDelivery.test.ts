// SPDX-License-Identifier: Apache-2.0
import {
  serviceDeliverySchema,
  type Decision,
  type Override,
} from 'backstage-plugin-delivery-common';
import { gzipSync } from 'node:zlib';
import { digestOf } from 'backstage-plugin-delivery-node';
import { digestLike } from '../__testUtils__/digestLike';
import {
  NOW,
  aDeployment,
  aPromotion,
  aRelease,
  anObservation,
  someFacts,
} from '../__testUtils__/serviceFacts';
import type { DecisionAnswer } from '../services/DecisionService';
import type { Abilities } from './Abilities';
import { buildServiceDelivery } from './buildServiceDelivery';
import { planDoors } from './planDoors';
import type { ServiceFacts } from './ServiceFacts';

const yes: Abilities = {
  promote: { allowed: true },
  approve: { allowed: true },
  cancel: { allowed: true },
  override: { allowed: true },
};

const decision: Decision = {
  outcome: 'wait',
  reason:
    'Soak: 12 min of 30 min in staging left. Approvals: 0 of 2 given. anna (owner) and chidi or lee (platform) can act.',
  canAct: ['user:default/anna', 'user:default/chidi', 'user:default/lee'],
  verdicts: [
    [
      'binding',
      'Wiring',
      'The Spinnaker pipeline into prod is the one that was made for this service.',
    ],
    ['seen', 'Environment seen', 'prod is seen live in local.'],
    ['upstream', 'Upstream', 'Release 4 was verified in staging.'],
    ['soak', 'Soak', '12 min of 30 min in staging left.'],
    ['evidence', 'Evidence', '0 critical findings; 0 are allowed.'],
    [
      'approvals',
      'Approvals',
      '0 of 2 given. anna (owner) and chidi or lee (platform) can act.',
    ],
  ].map(([type, title, reason]) => ({
    gate: type,
    type,
    title,
    reason,
    status: type === 'soak' || type === 'approvals' ? 'wait' : 'pass',
  })),
  decidedAt: NOW.toISOString(),
};

const answer: DecisionAnswer = {
  decision,
  subject: digestOf('subject'),
  subjectFields: aPromotion('prod', aRelease(4, 'd')).subjectFields,
  slots: [
    { name: 'owner', from: 'owner', eligible: ['user:default/anna'] },
    {
      name: 'platform',
      from: 'group:default/platform',
      eligible: ['user:default/chidi', 'user:default/lee'],
    },
  ],
  notCounted: [{ person: 'user:default/ben', reason: 'asked for it' }],
  approvals: [],
  overrides: [],
  binding: {
    state: 'bound',
    pipelineId: 'pipeline-1',
    pipelineHash: 'hash-1',
    url: 'http://localhost:9000/#/applications/orders/executions/configure/pipeline-1',
  },
};

function build(facts: ServiceFacts, person?: string) {
  return buildServiceDelivery(facts, {
    doors: planDoors(facts).map(plan =>
      plan.candidate && !plan.alreadyThere ? { plan, answer } : { plan },
    ),
    promotions: facts.promotions.map(promotion => ({
      promotion,
      answer: promotion.phase === 'waiting' ? answer : {},
      events: [],
    })),
    abilities: new Map(['dev', 'staging', 'prod'].map(name => [name, yes])),
    person,
  });
}

const releases = [
  aRelease(5, 'e'),
  aRelease(4, 'd'),
  aRelease(3, 'c'),
  aRelease(2, 'b'),
  aRelease(1, 'a'),
];
const [, four, three] = releases;

/** Dev has 5, staging 4, prod 1; 3 failed in prod and was rolled back. */
const busy = someFacts({
  releases,
  observations: [
    anObservation('dev', { digit: 'e', chart: 'orders-3.8.5' }),
    anObservation('staging', { digit: 'd', chart: 'orders-3.8.4' }),
    anObservation('prod', { digit: 'a', chart: 'orders-3.8.1' }),
  ],
  deployments: [
    aDeployment('dev', 5, '2026-11-16T11:30:00.000Z', { kind: 'automatic' }),
    aDeployment('staging', 4, '2026-11-16T11:20:00.000Z'),
    aDeployment('prod', 1, '2026-11-16T11:10:00.000Z', { kind: 'rollback' }),
    aDeployment('prod', 3, '2026-11-16T11:00:00.000Z', {
      outcome: 'failed',
      verifiedAt: undefined,
    }),
    aDeployment('staging', 3, '2026-11-16T10:30:00.000Z'),
    aDeployment('prod', 2, '2026-11-16T10:20:00.000Z'),
    aDeployment('prod', 1, '2026-11-16T10:10:00.000Z'),
  ],
  promotions: [
    aPromotion('prod', four, { number: 10 }),
    aPromotion('prod', releases[4], {
      id: '01HZZZZZZZZZZZZZZZZZZZZZZ9',
      number: 9,
      kind: 'rollback',
      phase: 'succeeded',
      after: '01HZZZZZZZZZZZZZZZZZZZZZZ8',
    }),
    aPromotion('prod', three, {
      id: '01HZZZZZZZZZZZZZZZZZZZZZZ8',
      number: 8,
      phase: 'failed',
      phaseReason: 'ProgressDeadlineExceeded',
      verifyingSince: '2026-11-16T11:01:00.000Z',
      rolledBackTo: 1,
    }),
  ],
  lanes: [
    {
      service: 'component:default/orders',
      environment: 'prod',
      hold: {
        since: '2026-11-16T11:10:00.000Z',
        reason: 'Release 3 failed in prod: ProgressDeadlineExceeded',
      },
    },
  ],
});

/** Release 5 runs everywhere. */
const quiet = someFacts({
  releases,
  observations: ['dev', 'staging', 'prod'].map(name =>
    anObservation(name, { digit: 'e', chart: 'orders-3.8.5' }),
  ),
  deployments: [
    aDeployment('prod', 5, '2026-11-16T11:30:00.000Z'),
    aDeployment('staging', 5, '2026-11-16T10:30:00.000Z'),
    aDeployment('dev', 5, '2026-11-16T09:30:00.000Z', { kind: 'automatic' }),
    aDeployment('prod', 4, '2026-11-15T11:30:00.000Z'),
    aDeployment('staging', 4, '2026-11-15T10:30:00.000Z'),
  ],
});

const inEnvironment = (facts: ServiceFacts, name: string) => {
  const environment = build(facts).environments.find(one => one.name === name);
  if (!environment) {
    throw new Error(`There is no environment ${name}`);
  }
  return environment;
};

describe('buildServiceDelivery', () => {
  it('costs a browser at most 6 KB', () => {
    const calm = build(quiet);
    const full = build(busy, 'user:default/ben');
    expect(serviceDeliverySchema.parse(calm)).toEqual(calm);
    expect(serviceDeliverySchema.parse(full)).toEqual(full);
    expect(JSON.stringify(calm).length).toBeLessThan(6_144);
    expect(gzipSync(JSON.stringify(full)).length).toBeLessThan(6_144);
  });

  it('says what runs where, since when, and how far it is behind', () => {
    expect(inEnvironment(busy, 'dev')).toMatchObject({
      health: 'healthy',
      observation: { state: 'live', observedAt: '2026-11-16T11:59:30.000Z' },
      release: { number: 5 },
      deployment: { releaseNumber: 5, kind: 'automatic' },
    });
    expect(inEnvironment(busy, 'dev').behind).toBeUndefined();
    expect(inEnvironment(busy, 'staging').behind).toEqual({
      count: 1,
      than: 'dev',
    });
    expect(inEnvironment(busy, 'prod').behind).toEqual({
      count: 3,
      than: 'staging',
    });
    expect(inEnvironment(quiet, 'prod').behind).toEqual({
      count: 0,
      than: 'staging',
    });
  });

  it('keeps what failed in sight after it was rolled back by itself', () => {
    expect(inEnvironment(busy, 'prod')).toMatchObject({
      failure: {
        promotionNumber: 8,
        releaseNumber: 3,
        message: 'ProgressDeadlineExceeded',
        saidBy: 'Kubernetes',
        rolledBackTo: 1,
      },
      deployment: { releaseNumber: 1, kind: 'rollback' },
      hold: { reason: 'Release 3 failed in prod: ProgressDeadlineExceeded' },
    });
    expect(
      inEnvironment(
        someFacts({
          ...busy,
          promotions: [
            aPromotion('prod', four, { phase: 'succeeded', number: 11 }),
            ...busy.promotions,
          ],
        }),
        'prod',
      ).failure,
    ).toBeUndefined();
  });

  it('says as long as it stands that gates were overridden for what runs, and no longer', () => {
    const id = '01HZZZZZZZZZZZZZZZZZZZZZZ7';
    const override: Override = {
      id,
      promotionId: '01HZZZZZZZZZZZZZZZZZZZZZZ6',
      gates: ['soak'],
      by: 'user:default/chidi',
      at: '2026-11-16T11:00:00.000Z',
      reason: 'Customers cannot pay',
      subject: digestLike('5'),
      reviewDue: '2026-11-17T11:00:00.000Z',
      review: {
        by: 'user:default/lee',
        at: '2026-11-16T11:40:00.000Z',
        note: 'It was right',
      },
    };
    const [last, ...others] = quiet.deployments;
    const overridden = someFacts({
      ...quiet,
      deployments: [{ ...last, overrides: [id] }, ...others],
      overrides: [override],
    });
    expect(inEnvironment(overridden, 'prod').deployment?.overrides).toEqual([
      override,
    ]);
    expect(
      inEnvironment(overridden, 'staging').deployment?.overrides,
    ).toBeUndefined();
    const later = aDeployment('prod', 4, '2026-11-16T11:50:00.000Z');
    const replaced = someFacts({
      ...overridden,
      deployments: [later, ...overridden.deployments],
      observations: [
        anObservation('prod', { digit: 'd', chart: 'orders-3.8.4' }),
      ],
    });
    expect(inEnvironment(replaced, 'prod').deployment).toMatchObject({
      releaseNumber: 4,
    });
    expect(
      inEnvironment(replaced, 'prod').deployment?.overrides,
    ).toBeUndefined();
  });

  it('offers to go back to what was verified here, and not to what runs', () => {
    expect(inEnvironment(busy, 'prod').rollback.targets).toEqual([
      {
        releaseId: 'component:default/orders@2',
        number: 2,
        verifiedAt: '2026-11-16T10:20:00.000Z',
      },
    ]);
  });

  it('offers at each door what was verified before it', () => {
    const [toStaging, toProd] = build(busy).doors;
    expect(toStaging).toMatchObject({
      from: 'dev',
      to: 'staging',
      candidate: { number: 5 },
      alreadyThere: false,
      subject: answer.subject,
      ships: { releases: 1, commitCount: 1, commits: [{ title: 'Change 5' }] },
    });
    expect(toProd).toMatchObject({
      candidate: { number: 4 },
      ships: { releases: 3, commitCount: 3 },
    });
    expect(build(quiet).doors[1]).toMatchObject({
      alreadyThere: true,
      candidate: { number: 5 },
      ships: { releases: 0 },
    });
    expect(build(quiet).doors[1].decision).toBeUndefined();
    expect(build(someFacts()).doors[0].candidate).toBeUndefined();
  });

  it('tells a person why an approval would not count', () => {
    const approve = (person: string) =>
      build(busy, person).promotions[0].mayApprove;
    expect(approve('user:default/anna')).toEqual({ allowed: true });
    expect(approve('user:default/ben')).toEqual({
      allowed: false,
      reason: 'Your approval does not count: you asked for it.',
      who: ['user:default/anna', 'user:default/chidi', 'user:default/lee'],
    });
    expect(approve('user:default/mina')).toMatchObject({
      reason: 'You are none of those who can approve it.',
    });
  });

  it('sees drift, but not while a promotion is under way', () => {
    const drifted = {
      ...quiet,
      observations: [anObservation('prod', { digit: 'f' })],
    };
    expect(inEnvironment(drifted, 'prod')).toMatchObject({
      drift: { field: 'image' },
    });
    expect(inEnvironment(drifted, 'prod').release).toBeUndefined();
    expect(
      inEnvironment(
        {
          ...drifted,
          promotions: [aPromotion('prod', four, { phase: 'running' })],
        },
        'prod',
      ).drift,
    ).toBeUndefined();
  });

  it('takes neither of two releases for drift after a rollout that failed', () => {
    const failed = {
      ...quiet,
      deployments: [
        aDeployment('prod', 3, '2026-11-16T11:50:00.000Z', {
          outcome: 'failed',
          verifiedAt: undefined,
        }),
        ...quiet.deployments,
      ],
    };
    for (const digit of ['c', 'e']) {
      const facts = {
        ...failed,
        observations: [anObservation('prod', { digit })],
      };
      expect(inEnvironment(facts, 'prod').drift).toBeUndefined();
    }
  });

  it('names the release that still serves, whatever a failed rollout left as label', () => {
    const failed = {
      ...quiet,
      deployments: [
        aDeployment('prod', 3, '2026-11-16T11:50:00.000Z', {
          outcome: 'failed',
          verifiedAt: undefined,
        }),
        ...quiet.deployments,
      ],
      observations: [
        anObservation('prod', {
          digit: 'e',
          chart: 'orders-3.8.3',
          health: 'unhealthy',
        }),
      ],
    };
    const prod = inEnvironment(failed, 'prod');
    expect(prod.release).toMatchObject({ number: 5 });
    expect(prod.drift).toBeUndefined();
    expect(prod.health).toBe('unhealthy');
  });

  it('shows an outage as an outage', () => {
    const silent = {
      ...quiet,
      sources: [
        {
          source: 'kubernetes',
          id: 'local',
          state: 'stale' as const,
          since: '2026-11-16T11:59:10.000Z',
          reason: 'connection refused',
        },
      ],
    };
    expect(inEnvironment(silent, 'prod')).toMatchObject({
      health: 'healthy',
      release: { number: 5 },
      observation: {
        state: 'stale',
        observedAt: '2026-11-16T11:59:00.000Z',
        reason: 'connection refused',
      },
    });
    expect(
      inEnvironment({ ...silent, observations: [] }, 'prod'),
    ).toMatchObject({ health: 'unknown', observation: { state: 'stale' } });
  });

  it('shows nothing of a namespace that belongs to somebody else', () => {
    const refused = {
      ...quiet,
      observations: [
        anObservation('prod', {
          digit: 'e',
          refused: 'The namespace orders-prod names component:default/billing.',
        }),
      ],
    };
    const prod = inEnvironment(refused, 'prod');
    expect(prod).toMatchObject({
      health: 'unknown',
      workloads: [],
      observation: {
        state: 'never',
        reason: 'The namespace orders-prod names component:default/billing.',
      },
    });
    expect(prod.release).toBeUndefined();
    expect(build(refused).findings).toContainEqual(
      expect.objectContaining({ id: 'kubernetes', state: 'refused' }),
    );
  });

  it('tells worst of all what the sources say of the wiring', () => {
    const at = NOW.toISOString();
    const service = 'component:default/orders';
    const told = build({
      ...quiet,
      findings: [
        {
          service,
          subject: 'spinnaker:dev',
          state: 'found',
          detail: 'Fine.',
          at,
        },
        {
          service,
          subject: 'spinnaker:prod',
          state: 'refused',
          detail: 'The application orders names component:default/billing.',
          at,
        },
        {
          service,
          subject: 'annotation:jenkins.io/job-full-name',
          state: 'refused',
          detail: 'Not a folder.',
          at,
        },
        { service, subject: 'chart', state: 'found', detail: 'There.', at },
      ],
    }).findings;
    expect(told).toEqual([
      {
        id: 'jenkins',
        title: 'Jenkins folder',
        state: 'refused',
        detail: 'Not a folder.',
      },
      {
        id: 'spinnaker',
        title: 'Spinnaker application',
        state: 'refused',
        detail: 'The application orders names component:default/billing.',
      },
    ]);
  });
});
