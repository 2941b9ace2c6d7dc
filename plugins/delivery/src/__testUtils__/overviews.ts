// SPDX-License-Identifier: Apache-2.0
import {
  serviceOverviewSchema,
  type Health,
  type ServiceCondition,
  type ServiceOverview,
} from 'backstage-plugin-delivery-common';
import { ulid } from './ids';
import { ago } from './instants';

type Cell = [number | undefined, Health, { stale?: boolean; behind?: number }?];

const NAMES = ['dev', 'staging', 'production-eu', 'production-us'];

/** One Service of the overview. */
export function overviewRow(
  name: string,
  condition: ServiceCondition,
  cells: Cell[],
  promotion?: { in: string; phase: string; releaseNumber: number },
): ServiceOverview {
  return serviceOverviewSchema.parse({
    service: `component:default/${name}`,
    title: name,
    owner: `group:default/team-${name}`,
    system: 'commerce',
    condition,
    environments: cells.map(([release, health, more], index) => ({
      name: NAMES[index],
      health,
      stale: more?.stale ?? false,
      release,
      behind: more?.behind,
      since: ago({ hours: 1 + index }),
      promotion:
        promotion && promotion.in === NAMES[index]
          ? {
              id: ulid(321),
              phase: promotion.phase,
              releaseNumber: promotion.releaseNumber,
            }
          : undefined,
    })),
  });
}

/** A handful of Services in every condition. */
export const overviews: ServiceOverview[] = [
  overviewRow('tax', 'same', [
    [12, 'healthy'],
    [12, 'healthy'],
    [12, 'healthy'],
  ]),
  overviewRow('search', 'behind', [
    [58, 'healthy'],
    [55, 'healthy', { behind: 3 }],
    [55, 'healthy'],
    [54, 'healthy', { behind: 1 }],
  ]),
  overviewRow(
    'basket',
    'in-flight',
    [
      [33, 'healthy'],
      [32, 'progressing'],
      [31, 'healthy'],
    ],
    { in: 'staging', phase: 'running', releaseNumber: 33 },
  ),
  overviewRow('checkout', 'unhealthy', [
    [71, 'healthy'],
    [71, 'healthy'],
    [69, 'unhealthy'],
  ]),
  overviewRow('catalog-api', 'not-seen', [
    [102, 'healthy'],
    [102, 'healthy'],
    [101, 'healthy', { stale: true }],
  ]),
  overviewRow(
    'orders',
    'needs-attention',
    [
      [44, 'healthy'],
      [42, 'healthy'],
      [41, 'healthy'],
      [40, 'healthy'],
    ],
    { in: 'production-us', phase: 'needs-attention', releaseNumber: 42 },
  ),
];

/** As many Services, the first of each handful in the conditions of the fixtures. */
export function manyOverviews(count: number): ServiceOverview[] {
  return Array.from({ length: count }, (_, index) => {
    const like = overviews[index % overviews.length];
    const name = `${like?.title ?? 'service'}-${index}`;
    return serviceOverviewSchema.parse({
      ...like,
      service: `component:default/${name}`,
      title: name,
      condition: index < overviews.length ? like?.condition : 'same',
    });
  });
}
