// SPDX-License-Identifier: Apache-2.0
import {
  overrideSchema,
  type GateVerdict,
  type MayState,
  type Override,
} from 'backstage-plugin-delivery-common';
import { APPROVALS, delivery, toUs } from './baseDelivery';
import { blocked } from './busyDeliveries';
import { decision, PASSING, verdict } from './decisions';
import { digest, ulid } from './ids';
import { ago } from './instants';

/** What chidi overrode, with what differs. */
export function override(change: Partial<Override> = {}): Override {
  return overrideSchema.parse({
    id: ulid(900),
    promotionId: ulid(318),
    gates: ['ticket'],
    by: 'user:default/chidi',
    at: ago({ minutes: 30 }),
    reason: 'The ticket system is down.',
    ticket: 'OPS-77',
    subject: digest('542'),
    reviewDue: '2026-11-23T09:00:00.000Z',
    ...change,
  });
}

const STANDING: GateVerdict[] = [
  verdict({
    gate: 'soak',
    title: 'Soak',
    status: 'wait',
    reason: '5 h 32 min of 6 h in staging left.',
    earliest: '2026-11-20T17:10:00.000Z',
    overridable: true,
  }),
  { ...APPROVALS, overridable: true },
  verdict({
    gate: 'seen',
    title: 'Same image as staging',
    status: 'wait',
    reason: 'production-eu was not looked at since 10:40.',
    overridable: false,
  }),
  verdict({
    gate: 'ticket',
    title: 'Ticket',
    status: 'unknown',
    reason: 'tickets.example.com does not answer',
    overriddenBy: 'user:default/chidi',
    overridable: true,
  }),
  verdict({
    gate: 'company/errors',
    title: 'Error rate',
    status: 'fail',
    reason: '2.1 % is over 1 %',
    mode: 'audit',
  }),
];

/** What runs in production-eu came in although a Gate did not pass; nothing is under way. */
export function wasBroken(...overrides: Override[]) {
  return delivery({
    ...blocked,
    promotions: [],
    environments: blocked.environments.map(each =>
      each.name === 'production-eu' && each.deployment
        ? { ...each, deployment: { ...each.deployment, overrides } }
        : each,
    ),
  });
}

/** Promotion 318 waits; chidi let one Gate pass, and two more could be. */
export function brokenGlass(mayOverride: MayState = { allowed: true }) {
  const judged = decision([...STANDING, ...PASSING]);
  return delivery({
    ...blocked,
    environments: blocked.environments.map(each =>
      each.name === 'production-us'
        ? {
            ...each,
            hold: {
              since: ago({ hours: 3 }),
              scope: 'all' as const,
              by: 'user:default/lee',
              reason: 'A customer demonstration',
            },
          }
        : each,
    ),
    doors: [...blocked.doors.slice(0, 2), toUs],
    promotions: blocked.promotions.map(each => ({
      ...each,
      decision: { ...judged, outcome: 'wait' as const },
      overrides: [override()],
      mayOverride,
    })),
  });
}
