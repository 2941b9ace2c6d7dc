// SPDX-License-Identifier: Apache-2.0
import {
  promotionRecordSchema,
  type PromotionRecord,
} from '../domain/PromotionRecord';
import { chunksOf } from './chunksOf';
import type { Db } from './Db';
import { parseRow } from './parseRow';

/** Promotions by their ids, in no particular order; unknown ids are left out. */
export async function findPromotions(
  db: Db,
  ids: Iterable<string>,
): Promise<PromotionRecord[]> {
  const promotions: PromotionRecord[] = [];
  for (const wanted of chunksOf([...new Set(ids)])) {
    const rows = await db<{ id: string; body: string }>('delivery_promotions')
      .select('body')
      .whereIn('id', wanted);
    promotions.push(
      ...rows.map(row =>
        parseRow(promotionRecordSchema, row.body, 'promotion'),
      ),
    );
  }
  return promotions;
}
