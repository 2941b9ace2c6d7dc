// SPDX-License-Identifier: Apache-2.0
import {
  serviceDeliverySchema,
  type ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { decision, PASSING, verdict } from './decisions';
import { door, slots } from './doors';
import { environment } from './environments';
import { ago, NOW } from './instants';
import { releaseSummary } from './releases';

/** Nobody has approved yet. */
export const APPROVALS = verdict({
  gate: 'approvals',
  title: 'Approvals',
  status: 'wait',
  reason: '0 of 2 given.',
  canAct: ['group:default/team-orders', 'group:default/platform'],
});

/** dev runs Release 44. */
export const dev = environment({
  name: 'dev',
  tier: 'development',
  entry: 'automatic',
  runs: 44,
  at: ago({ minutes: 18 }),
});
/** staging runs Release 42. */
export const staging = environment({
  name: 'staging',
  tier: 'staging',
  after: ['dev'],
  runs: 42,
  by: 'anna',
  at: '2026-11-18T15:02:00.000Z',
  behindBy: [2, 'dev'],
});
/** production-eu runs Release 41. */
export const productionEu = environment({
  name: 'production-eu',
  after: ['staging'],
  runs: 41,
  pods: 4,
  by: 'chidi',
  at: '2026-11-17T16:48:00.000Z',
  verifiedAt: '2026-11-17T17:08:00.000Z',
  behindBy: [1, 'staging'],
});
/** production-us runs Release 40. */
export const productionUs = environment({
  name: 'production-us',
  after: ['staging'],
  runs: 40,
  by: 'chidi',
  at: '2026-11-16T16:20:00.000Z',
  verifiedAt: '2026-11-16T16:38:00.000Z',
  behindBy: [2, 'staging'],
});

/** Release 44 may go to staging. */
export const toStaging = door({ from: 'dev', to: 'staging' }, 44);
/** Release 42 needs approvals for production-eu. */
export const toEu = door(
  {
    from: 'staging',
    to: 'production-eu',
    decision: decision([APPROVALS, ...PASSING]),
    slots: slots(),
  },
  42,
);
/** Release 42 needs approvals for production-us. */
export const toUs = door(
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
