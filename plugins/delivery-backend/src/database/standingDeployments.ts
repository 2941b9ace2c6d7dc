// SPDX-License-Identifier: Apache-2.0
import {
  deploymentSchema,
  type Deployment,
} from 'backstage-plugin-delivery-common';
import type { Db } from './Db';
import { parseRow } from './parseRow';

const NEWEST_FIRST = [
  { column: 'started_at', order: 'desc' as const },
  { column: 'id', order: 'desc' as const },
];

/** The newest Deployment of each lane of these Services and its newest verified one, newest first. */
export async function standingDeployments(
  db: Db,
  services: readonly string[],
): Promise<Deployment[]> {
  const standing = db
    .select('id')
    .from(
      db('delivery_deployments')
        .select('id', 'outcome')
        .whereIn('service', services)
        .rowNumber('place', row =>
          row.partitionBy(['service', 'environment']).orderBy(NEWEST_FIRST),
        )
        .rowNumber('place_of_outcome', row =>
          row
            .partitionBy(['service', 'environment', 'outcome'])
            .orderBy(NEWEST_FIRST),
        )
        .as('ranked'),
    )
    .where('place', 1)
    .orWhere(or => or.where({ outcome: 'verified', place_of_outcome: 1 }));
  const rows = await db<{ body: string }>('delivery_deployments')
    .select('body')
    .whereIn('id', standing)
    .orderBy(NEWEST_FIRST);
  return rows.map(row => parseRow(deploymentSchema, row.body, 'deployment'));
}
