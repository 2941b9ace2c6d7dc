// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { EntityRef } from 'backstage-plugin-delivery-common';
import type { DeliveredService } from 'backstage-plugin-delivery-node';
import { mapInTurns } from '../mapInTurns';
import { chunksOf } from './chunksOf';
import type { Db } from './Db';
import { parseRow } from './parseRow';

const deliveredServiceSchema = z.object({
  entityRef: z.string(),
  uid: z.string(),
  name: z.string(),
  title: z.string(),
  owner: z.string().optional(),
  system: z.string().optional(),
  tags: z.array(z.string()).optional(),
  annotations: z.record(z.string(), z.string()),
});

/** A Service as stored, with the name of its promotion path. */
export type StoredService = DeliveredService & { path: string };

type Row = { body: string; path: string };

/** What a row says. Throws when it is not what was written. */
export function toService(row: { body: string; path: string }): StoredService {
  return {
    ...parseRow(deliveredServiceSchema, row.body, 'service'),
    path: row.path,
  };
}

/** Every Service on a promotion path, by name. */
export async function listServices(db: Db): Promise<StoredService[]> {
  const rows = await db<Row>('delivery_services')
    .select('body', 'path')
    .orderBy('entity_ref');
  return mapInTurns(rows, toService);
}

/** One Service on a promotion path, or `undefined`. */
export async function findService(
  db: Db,
  entityRef: string,
): Promise<StoredService | undefined> {
  const row = await db('delivery_services')
    .where({ entity_ref: entityRef })
    .first<Row>('body', 'path');
  return row && toService(row);
}

/** So many are written with one statement. */
const CHUNK = 100;

/**
 * Stores what the catalog says of all Services, and forgets those that are gone.
 *
 * @remarks
 * Only what is new is written: the catalog is read all the time, and readers wait for
 * whoever writes.
 * @returns The Services of which it says something else now, and those that are gone.
 */
export async function replaceServices(
  db: Db,
  services: readonly StoredService[],
  now: Date,
): Promise<{ changed: StoredService[]; gone: EntityRef[] }> {
  const stored = new Map(
    (
      await db<Row & { entity_ref: EntityRef }>('delivery_services').select(
        'entity_ref',
        'path',
        'body',
      )
    ).map(row => [row.entity_ref, row]),
  );
  const changed = services.filter(service => {
    const before = stored.get(service.entityRef);
    return before?.body !== bodyOf(service) || before.path !== service.path;
  });
  const kept = new Set(services.map(({ entityRef }) => entityRef));
  const gone = [...stored.keys()].filter(ref => !kept.has(ref));
  if (changed.length > 0 || gone.length > 0) {
    await db.transaction(async tx => {
      for (const chunk of chunksOf(gone)) {
        await tx('delivery_services').whereIn('entity_ref', chunk).delete();
      }
      for (const chunk of chunksOf(changed, CHUNK)) {
        await tx('delivery_services')
          .insert(
            chunk.map(service => ({
              entity_ref: service.entityRef,
              uid: service.uid,
              path: service.path,
              body: bodyOf(service),
              seen_at: now.toISOString(),
            })),
          )
          .onConflict('entity_ref')
          .merge();
      }
    });
  }
  return { changed, gone };
}

function bodyOf({ path: _, ...service }: StoredService): string {
  return JSON.stringify(service);
}
