// SPDX-License-Identifier: Apache-2.0
import type {
  Deployment,
  Observation,
  Release,
} from 'backstage-plugin-delivery-common';
import type { PathConfig } from '../config/DeliveryConfig';
import { firstSubject } from '../domain/firstSubject';
import { newPromotion } from '../domain/newPromotion';
import type { PromotionRecord } from '../domain/PromotionRecord';
import { toRelease } from '../domain/toRelease';
import type { ServiceFacts } from '../view/ServiceFacts';
import { digestLike } from './digestLike';
import { CONFIG, ORDERS, releaseRecord } from './startDelivery';

/** The moment at which the facts are looked at. */
export const NOW = new Date('2026-11-16T12:00:00.000Z');

const [PATH]: PathConfig[] = [...CONFIG.paths.values()];

/** A Release of `orders`; `digit` is its image. */
export function aRelease(number: number, digit: string): Release {
  return toRelease({
    record: releaseRecord(number, { digit }),
    evidence: { unitTests: { passed: 128, failed: 0, skipped: 2 } },
  });
}

/** What is seen of `orders` in an Environment. */
export function anObservation(
  environment: string,
  given: { digit: string; chart?: string } & Partial<Observation>,
): Observation {
  const { chart, digit, ...more } = given;
  return {
    service: ORDERS.entityRef,
    environment,
    observedAt: '2026-11-16T11:59:00.000Z',
    health: 'healthy',
    workloads: [
      {
        kind: 'Deployment',
        name: 'orders',
        ready: 3,
        desired: 3,
        images: [
          { name: 'registry.example/orders', digest: digestLike(digit) },
        ],
        ...(chart ? { chart } : {}),
        health: 'healthy',
      },
    ],
    ...more,
  };
}

/** A Deployment of `orders` that was verified, unless something else is said. */
export function aDeployment(
  environment: string,
  number: number,
  at: string,
  more: Partial<Deployment> = {},
): Deployment {
  return {
    id: `${environment}-${number}-${at}`,
    service: ORDERS.entityRef,
    environment,
    releaseId: `${ORDERS.entityRef}@${number}`,
    releaseNumber: number,
    promotionId: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
    promotionNumber: number,
    kind: 'forward',
    by: 'user:default/ben',
    approvedBy: [],
    reason: 'It is time',
    startedAt: at,
    verifiedAt: at,
    endedAt: at,
    outcome: 'verified',
    ...more,
  };
}

/** A Promotion of `orders`. */
export function aPromotion(
  environment: string,
  release: Release,
  more: Partial<PromotionRecord> = {},
): PromotionRecord {
  const config = PATH.environments.find(({ name }) => name === environment);
  if (!config) {
    throw new Error(`There is no environment ${environment}`);
  }
  return {
    ...newPromotion({
      now: NOW,
      release,
      environment,
      kind: more.kind ?? 'forward',
      requestedBy: 'user:default/ben',
      reason: 'It is time',
      subjectFields: firstSubject({
        entityUid: ORDERS.uid,
        environment: config,
        release,
        kind: more.kind ?? 'forward',
      }),
      expiry: 86_400_000,
    }),
    number: 1,
    ...more,
  };
}

/** Everything that is known of `orders`, as far as a test says it. */
export function someFacts(more: Partial<ServiceFacts> = {}): ServiceFacts {
  return {
    now: NOW,
    service: {
      ...ORDERS,
      annotations: {
        'jenkins.io/job-full-name': 'orders',
        'spinnaker.io/application-name': 'orders',
        'backstage.io/kubernetes-id': 'orders',
      },
    },
    path: PATH,
    releases: [],
    observations: [],
    sources: [
      {
        source: 'kubernetes',
        id: 'local',
        state: 'live',
        seenAt: '2026-11-16T11:59:30.000Z',
      },
    ],
    lanes: [],
    promotions: [],
    deployments: [],
    overrides: [],
    outsideChanges: [],
    findings: [],
    ...more,
  };
}
