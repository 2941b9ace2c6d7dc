// SPDX-License-Identifier: Apache-2.0
import {
  deploymentSchema,
  type Deployment,
} from 'backstage-plugin-delivery-common';
import type { Db } from './Db';
import { parseRow } from './parseRow';

/** More than this in the span of a report is not looked at. */
const MOST = 50_000;

/** Deployments of some Services that began since an instant, oldest first. */
export async function listDeploymentsSince(
  db: Db,
  filter: { since: Date; service?: string },
): Promise<Deployment[]> {
  const query = db<{ body: string }>('delivery_deployments')
    .select('body')
    .where('started_at', '>=', filter.since.toISOString())
    .orderBy('started_at')
    .orderBy('id')
    .limit(MOST);
  if (filter.service) {
    query.where('service', filter.service);
  }
  return (await query).map(row =>
    parseRow(deploymentSchema, row.body, 'deployment'),
  );
}
