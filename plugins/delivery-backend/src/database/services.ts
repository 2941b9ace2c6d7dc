// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { DeliveredService } from 'backstage-plugin-delivery-node';
import { mapInTurns } from '../mapInTurns';
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
 */
export async function replaceServices(
  db: Db,
  services: readonly StoredService[],
  now: Date,
): Promise<void> {
  const stored = new Map(
    (
      await db<Row & { entity_ref: string }>('delivery_services').select(
        'entity_ref',
        'path',
        'body',
      )
    ).map(row => [row.entity_ref, row]),
  );
  const wanted = services.map(({ path, ...service }) => ({
    entity_ref: service.entityRef,
    uid: service.uid,
    path,
    body: JSON.stringify(service),
    seen_at: now.toISOString(),
  }));
  const changed = wanted.filter(({ body, entity_ref, path }) => {
    const before = stored.get(entity_ref);
    return before?.body !== body || before.path !== path;
  });
  const kept = new Set(wanted.map(({ entity_ref }) => entity_ref));
  const gone = [...stored.keys()].filter(ref => !kept.has(ref));
  if (changed.length === 0 && gone.length === 0) {
    return;
  }
  await db.transaction(async tx => {
    for (const chunk of chunksOf(gone)) {
      await tx('delivery_services').whereIn('entity_ref', chunk).delete();
    }
    for (const chunk of chunksOf(changed)) {
      await tx('delivery_services')
        .insert(chunk)
        .onConflict('entity_ref')
        .merge();
    }
  });
}

function chunksOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, index) =>
    all.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
