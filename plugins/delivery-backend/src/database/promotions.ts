// SPDX-License-Identifier: Apache-2.0
import type { Phase } from 'backstage-plugin-delivery-common';
import {
  promotionRecordSchema,
  type PromotionRecord,
} from '../domain/PromotionRecord';
import type { Db } from './Db';
import { parseRow } from './parseRow';

type Row = {
  id: string;
  number: number;
  service: string;
  environment: string;
  phase: string;
  requested_by: string;
  execution_id: string;
  idempotency_key: string;
  body: string;
};

/** What a row says. Throws when it is not what was written. */
export function toPromotionRecord(row: { body: string }): PromotionRecord {
  return parseRow(promotionRecordSchema, row.body, 'promotion');
}

/** Which Promotions are asked for; what is left out does not filter. */
export type PromotionFilter = {
  ids?: readonly string[];
  service?: string;
  environment?: string;
  phases?: readonly Phase[];
  requestedBy?: string;
  executionId?: string;
  /** Only those with a lower number. */
  before?: number;
  limit?: number;
};

/** Promotions by filter, newest first. */
export async function listPromotions(
  db: Db,
  filter: PromotionFilter,
): Promise<PromotionRecord[]> {
  const query = db<Row>('delivery_promotions')
    .select('body')
    .orderBy('number', 'desc')
    .limit(filter.limit ?? 100);
  if (filter.ids) {
    query.whereIn('id', [...filter.ids]);
  }
  if (filter.service) {
    query.where('service', filter.service);
  }
  if (filter.environment) {
    query.where('environment', filter.environment);
  }
  if (filter.phases) {
    query.whereIn('phase', [...filter.phases]);
  }
  if (filter.requestedBy) {
    query.where('requested_by', filter.requestedBy);
  }
  if (filter.executionId) {
    query.where('execution_id', filter.executionId);
  }
  if (filter.before !== undefined) {
    query.where('number', '<', filter.before);
  }
  return (await query).map(toPromotionRecord);
}

/** One Promotion, or `undefined`. */
export async function findPromotion(
  db: Db,
  id: string,
): Promise<PromotionRecord | undefined> {
  const row = await db<Row>('delivery_promotions').where({ id }).first('body');
  return row && toPromotionRecord(row);
}

/** One Promotion, which nobody else changes until the transaction ends. */
export async function lockPromotion(
  tx: Db,
  id: string,
): Promise<PromotionRecord | undefined> {
  const row = await tx<Row>('delivery_promotions')
    .where({ id })
    .forUpdate()
    .first('body');
  return row && toPromotionRecord(row);
}

/** The Promotion that one person made with one Idempotency-Key, or `undefined`. */
export async function findPromotionByIdempotencyKey(
  db: Db,
  key: { requestedBy: string; idempotencyKey: string },
): Promise<PromotionRecord | undefined> {
  const row = await db<Row>('delivery_promotions')
    .where({
      requested_by: key.requestedBy,
      idempotency_key: key.idempotencyKey,
    })
    .first('body');
  return row && toPromotionRecord(row);
}
