// SPDX-License-Identifier: Apache-2.0
import {
  phaseSchema,
  type PromotionEvent,
} from 'backstage-plugin-delivery-common';
import { digestOf } from 'backstage-plugin-delivery-node';
import type { Db } from './Db';

type Row = {
  promotion_id: string;
  sequence: number;
  service: string;
  at: string;
  type: string;
  by: string | null;
  phase: string;
  summary: string;
  data: string;
  hash: string;
};

/** A line of the record before it is written. */
export type NewPromotionEvent = {
  promotionId: string;
  service: string;
  at: string;
  type: string;
  by?: string;
  phase: PromotionEvent['phase'];
  summary: string;
  data?: Record<string, string | number | boolean | undefined>;
};

const toEvent = (row: Row): PromotionEvent => ({
  sequence: row.sequence,
  at: row.at,
  type: row.type,
  ...(row.by ? { by: row.by } : {}),
  summary: row.summary,
  phase: phaseSchema.parse(row.phase),
  hash: row.hash,
});

/** The record of a Promotion, oldest first. */
export async function listPromotionEvents(
  db: Db,
  promotionId: string,
): Promise<PromotionEvent[]> {
  const rows = await db<Row>('delivery_promotion_events')
    .select()
    .where({ promotion_id: promotionId })
    .orderBy('sequence');
  return rows.map(toEvent);
}

/** The newest lines of all Promotions of a Service, with the Promotion's id and data. */
export async function listServiceEvents(
  db: Db,
  filter: { service: string; before?: string; limit: number },
): Promise<(PromotionEvent & { promotionId: string; data: unknown })[]> {
  const query = db<Row>('delivery_promotion_events')
    .select()
    .where({ service: filter.service })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'sequence', order: 'desc' },
    ])
    .limit(filter.limit);
  if (filter.before) {
    query.where('at', '<', filter.before);
  }
  return (await query).map(row => ({
    ...toEvent(row),
    promotionId: row.promotion_id,
    data: JSON.parse(row.data),
  }));
}

/**
 * Appends a line to the record of a Promotion.
 *
 * @remarks
 * Each line's hash covers the hash of the line before, so none can be removed,
 * changed or moved without a trace. Call it in the transaction that changes the
 * Promotion: the compare-and-set there keeps two writers from the same sequence.
 */
export async function appendPromotionEvent(
  db: Db,
  event: NewPromotionEvent,
): Promise<void> {
  const last = await db<Row>('delivery_promotion_events')
    .where({ promotion_id: event.promotionId })
    .orderBy('sequence', 'desc')
    .first('sequence', 'hash');
  const line = {
    promotion_id: event.promotionId,
    sequence: (last?.sequence ?? 0) + 1,
    service: event.service,
    at: event.at,
    type: event.type,
    by: event.by ?? null,
    phase: event.phase,
    summary: event.summary,
    data: JSON.stringify(event.data ?? {}),
  };
  await db('delivery_promotion_events').insert({
    ...line,
    hash: digestOf({
      ...line,
      by: event.by,
      before: last?.hash ?? '',
    }),
  });
}
