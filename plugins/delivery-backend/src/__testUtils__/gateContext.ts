// SPDX-License-Identifier: Apache-2.0
import type {
  Approval,
  Environment,
  Observation,
} from 'backstage-plugin-delivery-common';
import type { GateContext } from 'backstage-plugin-delivery-node';
import { toRelease } from '../domain/toRelease';
import { releaseRecord } from './releaseRecord';

export const NOW = new Date('2026-11-16T09:00:00.000Z');

export function environmentNamed(
  name: string,
  given: Partial<Environment> = {},
): Environment {
  return {
    name,
    tier: 'staging',
    after: [],
    entry: 'requested',
    cluster: 'local',
    namespace: `orders-${name}`,
    ...given,
  };
}

export function approvalOf(
  person: string,
  given: Partial<Approval> = {},
): Approval {
  return {
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    promotionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    by: `user:default/${person}`,
    verdict: 'approve',
    subject: `sha256:${'0'.repeat(64)}`,
    at: NOW.toISOString(),
    ...given,
  };
}

export function observationOf(
  health: Observation['health'],
  ready = 2,
): Observation {
  return {
    service: 'component:default/orders',
    environment: 'prod',
    observedAt: NOW.toISOString(),
    health,
    workloads: [
      {
        kind: 'Deployment',
        name: 'orders',
        ready,
        desired: 2,
        images: [],
        health,
      },
    ],
  };
}

/** Release 7 before prod, which comes after staging. */
export function gateContext(given: Partial<GateContext> = {}): GateContext {
  const prod = environmentNamed('prod', { after: ['staging'] });
  return {
    now: NOW,
    kind: 'forward',
    service: { entityRef: 'component:default/orders' },
    environment: prod,
    release: toRelease({
      record: releaseRecord(7, { digit: 'a' }),
      evidence: { unitTests: { passed: 12, failed: 0, skipped: 0 } },
    }),
    environments: new Map([
      ['prod', { environment: prod, everVerified: false }],
      [
        'staging',
        {
          environment: environmentNamed('staging'),
          everVerified: true,
          verifiedSince: '2026-11-16T08:00:00.000Z',
        },
      ],
    ]),
    approvals: [],
    people: new Map(),
    authors: [],
    facts: new Map(),
    overdueReviews: [],
    ...given,
  };
}
