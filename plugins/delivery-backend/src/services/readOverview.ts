// SPDX-License-Identifier: Apache-2.0
import type {
  Page,
  ServiceCondition,
  ServiceOverview,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import { buildOverview, severityOf } from '../view/buildOverview';
import { fromCursor, toCursor } from './cursor';
import type { Only, PageQuery } from './DeliveryView';
import { loadAllFacts } from './loadAllFacts';
import type { ReadRoom } from './ReadRoom';

const placeSchema = z.tuple([z.number(), z.string(), z.string()]);
type Place = z.output<typeof placeSchema>;

/** The Services that a person may see, worst first, then by title. */
export async function readOverview(
  room: ReadRoom,
  query: PageQuery & Only & { filter?: string; condition?: ServiceCondition },
): Promise<Page<ServiceOverview>> {
  const after = fromCursor(query.cursor, placeSchema);
  const words = query.filter?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const rows = (await loadAllFacts(room))
    .filter(({ service }) => !query.only || query.only.has(service.entityRef))
    .map(facts => buildOverview(facts))
    .filter(row => !query.condition || row.condition === query.condition)
    .filter(row => words.every(word => textOf(row).includes(word)))
    .map(row => ({ row, place: placeOf(row) }))
    .sort((a, b) => compare(a.place, b.place))
    .filter(({ place }) => !after || compare(place, after) > 0);
  const page = rows.slice(0, query.limit);
  return {
    items: page.map(({ row }) => row),
    ...(rows.length > page.length
      ? { nextCursor: toCursor(page.at(-1)?.place) }
      : {}),
  };
}

function textOf(row: ServiceOverview): string {
  return [row.service, row.title, row.owner, row.system]
    .join(' ')
    .toLowerCase();
}

function placeOf(row: ServiceOverview): Place {
  return [severityOf(row.condition), row.title, row.service];
}

function compare(a: Place, b: Place): number {
  return a[0] - b[0] || a[1].localeCompare(b[1]) || a[2].localeCompare(b[2]);
}
