// SPDX-License-Identifier: Apache-2.0
import type {
  Page,
  ServiceCondition,
  ServiceOverview,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { fromCursor, toCursor } from './cursor';
import type { Only, PageQuery } from './DeliveryView';
import { comparePlaces } from './OverviewIndex';
import type { ReadRoom } from './ReadRoom';

const placeSchema = z.tuple([z.number(), z.string(), z.string()]);

/** The Services that a person may see, worst first, then by title. */
export async function readOverview(
  room: Pick<ReadRoom, 'overview'>,
  query: PageQuery & Only & { filter?: string; condition?: ServiceCondition },
): Promise<Page<ServiceOverview>> {
  const after = fromCursor(query.cursor, placeSchema);
  const words = query.filter?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const rows = (await room.overview.entries()).filter(
    ({ place, row, text }) =>
      (!query.only || query.only.has(row.service)) &&
      (!query.condition || row.condition === query.condition) &&
      words.every(word => text.includes(word)) &&
      (!after || comparePlaces(place, after) > 0),
  );
  const page = rows.slice(0, query.limit);
  return {
    items: page.map(({ row }) => row),
    ...(rows.length > page.length
      ? { nextCursor: toCursor(page.at(-1)?.place) }
      : {}),
  };
}
