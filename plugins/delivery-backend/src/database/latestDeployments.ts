// SPDX-License-Identifier: Apache-2.0
import {
  deploymentSchema,
  type Deployment,
} from 'backstage-plugin-delivery-common';
import { mapInTurns } from '../mapInTurns';
import type { Db } from './Db';
import { parseRow } from './parseRow';

/** The newest Deployments of every lane, at most so many of each, newest first. */
export async function latestDeployments(
  db: Db,
  options: { perLane: number },
): Promise<Deployment[]> {
  const rows = await db
    .select<{ body: string }[]>('body')
    .from(
      db('delivery_deployments')
        .select('body', 'started_at', 'id')
        .rowNumber('place', row =>
          row.partitionBy(['service', 'environment']).orderBy([
            { column: 'started_at', order: 'desc' },
            { column: 'id', order: 'desc' },
          ]),
        )
        .as('ranked'),
    )
    .where('place', '<=', options.perLane)
    .orderBy([
      { column: 'started_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ]);
  return mapInTurns(rows, row =>
    parseRow(deploymentSchema, row.body, 'deployment'),
  );
}
