// SPDX-License-Identifier: Apache-2.0
import { phaseSchema } from 'backstage-plugin-delivery-common';
import type { ServiceEvent } from '../view/buildHistory';
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

/** The newest lines of some types of all Promotions of a Service, newest first. */
export async function listHistoryEvents(
  db: Db,
  filter: {
    service: string;
    types: readonly string[];
    before?: string;
    limit: number;
  },
): Promise<ServiceEvent[]> {
  const query = db<Row>('delivery_promotion_events')
    .select()
    .where({ service: filter.service })
    .whereIn('type', [...filter.types])
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'promotion_id', order: 'desc' },
      { column: 'sequence', order: 'desc' },
    ])
    .limit(filter.limit);
  if (filter.before) {
    query.where('at', '<', filter.before);
  }
  return (await query).map(row => ({
    sequence: row.sequence,
    at: row.at,
    type: row.type,
    ...(row.by ? { by: row.by } : {}),
    summary: row.summary,
    phase: phaseSchema.parse(row.phase),
    hash: row.hash,
    promotionId: row.promotion_id,
    data: JSON.parse(row.data),
  }));
}
