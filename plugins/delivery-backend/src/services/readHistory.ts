// SPDX-License-Identifier: Apache-2.0
import type {
  EntityRef,
  HistoryEntry,
  Page,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { findPromotions } from '../database/findPromotions';
import { listHistoryEvents } from '../database/listHistoryEvents';
import { listNotes } from '../database/notes';
import { buildHistory, HISTORY_EVENT_TYPES } from '../view/buildHistory';
import { fromCursor, toCursor } from './cursor';
import type { PageQuery } from './DeliveryView';
import type { ReadRoom } from './ReadRoom';

/** More lines of one instant than this are not kept together on a page. */
const SAME_INSTANT = 25;

/**
 * What happened to a Service, newest first.
 *
 * @remarks
 * A page ends between two instants, so that the next one, which begins before
 * the last instant, leaves nothing out.
 */
export async function readHistory(
  { knex }: ReadRoom,
  service: EntityRef,
  query: PageQuery,
): Promise<Page<HistoryEntry>> {
  const before = fromCursor(query.cursor, z.iso.datetime());
  const limit = query.limit + SAME_INSTANT;
  const [events, notes] = await Promise.all([
    listHistoryEvents(knex, {
      service,
      types: HISTORY_EVENT_TYPES,
      before,
      limit,
    }),
    listNotes(knex, { service, before, limit }),
  ]);
  const promotions = await findPromotions(
    knex,
    events.map(({ promotionId }) => promotionId),
  );
  const entries = buildHistory({ events, notes, promotions });
  const last = entries[query.limit - 1];
  const items = entries.filter(
    (entry, index) => index < query.limit || entry.at === last?.at,
  );
  return entries.length > items.length && last
    ? { items, nextCursor: toCursor(last.at) }
    : { items };
}
