// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { DeliveredService } from 'backstage-plugin-delivery-node';
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

const toService = (row: Row): StoredService => ({
  ...parseRow(deliveredServiceSchema, row.body, 'service'),
  path: row.path,
});

/** Every Service on a promotion path, by name. */
export async function listServices(db: Db): Promise<StoredService[]> {
  const rows = await db<Row>('delivery_services')
    .select('body', 'path')
    .orderBy('entity_ref');
  return rows.map(toService);
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

/** Stores what the catalog says of all Services, and forgets those that are gone. */
export async function replaceServices(
  db: Db,
  services: readonly StoredService[],
  now: Date,
): Promise<void> {
  await db.transaction(async tx => {
    await tx('delivery_services')
      .whereNotIn(
        'entity_ref',
        services.map(service => service.entityRef),
      )
      .delete();
    for (const { path, ...service } of services) {
      await tx('delivery_services')
        .insert({
          entity_ref: service.entityRef,
          uid: service.uid,
          path,
          body: JSON.stringify(service),
          seen_at: now.toISOString(),
        })
        .onConflict('entity_ref')
        .merge();
    }
  });
}
