// SPDX-License-Identifier: Apache-2.0
import {
  deploymentSchema,
  type Deployment,
} from 'backstage-plugin-delivery-common';
import type { Db } from './Db';
import { parseRow } from './parseRow';

type Row = { body: string };

/** Deployments by lane or Service, newest first. */
export async function listDeployments(
  db: Db,
  filter: {
    service?: string;
    environment?: string;
    releaseId?: string;
    outcome?: Deployment['outcome'];
    limit?: number;
  },
): Promise<Deployment[]> {
  const query = db<Row>('delivery_deployments')
    .select('body')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 200);
  if (filter.service) {
    query.where('service', filter.service);
  }
  if (filter.environment) {
    query.where('environment', filter.environment);
  }
  if (filter.releaseId) {
    query.where('release_id', filter.releaseId);
  }
  if (filter.outcome) {
    query.where('outcome', filter.outcome);
  }
  return (await query).map(row =>
    parseRow(deploymentSchema, row.body, 'deployment'),
  );
}

/** The Deployment that a Promotion made, or `undefined`. */
export async function findDeployment(
  db: Db,
  promotionId: string,
): Promise<Deployment | undefined> {
  const row = await db<Row & { promotion_id: string }>('delivery_deployments')
    .where({ promotion_id: promotionId })
    .first('body');
  return row && parseRow(deploymentSchema, row.body, 'deployment');
}

/** Stores a Deployment, or what became of it. */
export async function saveDeployment(
  db: Db,
  deployment: Deployment,
): Promise<void> {
  await db('delivery_deployments')
    .insert({
      id: deployment.id,
      service: deployment.service,
      environment: deployment.environment,
      release_id: deployment.releaseId,
      promotion_id: deployment.promotionId,
      outcome: deployment.outcome,
      started_at: deployment.startedAt,
      body: JSON.stringify(deployment),
    })
    .onConflict('promotion_id')
    .merge();
}
