// SPDX-License-Identifier: Apache-2.0
import type {
  EntityRef,
  Page,
  Phase,
  Promotion,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { listPromotions } from '../database/promotions';
import { toPromotion, type PromotionRecord } from '../domain/PromotionRecord';
import { fromCursor, toCursor } from './cursor';
import type { Only, PageQuery } from './DeliveryView';
import type { ReadRoom } from './ReadRoom';

const BATCH = 200;

/** Promotions, newest first. */
export async function readPromotions(
  { knex }: ReadRoom,
  query: PageQuery &
    Only & { service?: EntityRef; environment?: string; phase?: Phase },
): Promise<Page<Promotion>> {
  const { environment, limit, only, phase, service } = query;
  const found: PromotionRecord[] = [];
  let before = fromCursor(query.cursor, z.number().int());
  let more = true;
  // What may not be seen is left out here, so a page may take several batches.
  while (found.length <= limit && more) {
    const batch = await listPromotions(knex, {
      service,
      environment,
      phases: phase ? [phase] : undefined,
      before,
      limit: BATCH,
    });
    found.push(...batch.filter(one => !only || only.has(one.service)));
    before = batch.at(-1)?.number;
    more = batch.length === BATCH;
  }
  const page = found.slice(0, limit);
  return {
    items: page.map(toPromotion),
    ...(found.length > page.length
      ? { nextCursor: toCursor(page.at(-1)?.number) }
      : {}),
  };
}
