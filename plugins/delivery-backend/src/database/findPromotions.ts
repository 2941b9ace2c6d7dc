// SPDX-License-Identifier: Apache-2.0
import {
  promotionRecordSchema,
  type PromotionRecord,
} from '../domain/PromotionRecord';
import type { Db } from './Db';
import { parseRow } from './parseRow';

/** As many as every supported database takes in one list. */
const CHUNK = 500;

/** Promotions by their ids, in no particular order; unknown ids are left out. */
export async function findPromotions(
  db: Db,
  ids: Iterable<string>,
): Promise<PromotionRecord[]> {
  const wanted = [...new Set(ids)];
  const promotions: PromotionRecord[] = [];
  for (let start = 0; start < wanted.length; start += CHUNK) {
    const rows = await db<{ id: string; body: string }>('delivery_promotions')
      .select('body')
      .whereIn('id', wanted.slice(start, start + CHUNK));
    promotions.push(
      ...rows.map(row =>
        parseRow(promotionRecordSchema, row.body, 'promotion'),
      ),
    );
  }
  return promotions;
}
