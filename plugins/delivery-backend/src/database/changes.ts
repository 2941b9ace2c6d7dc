// SPDX-License-Identifier: Apache-2.0
import type { EntityRef } from 'backstage-plugin-delivery-common';
import { chunksOf } from './chunksOf';
import type { Db } from './Db';

/** As many as every supported database takes in one statement. */
const CHUNK = 200;

/** How often each Service changed so far, on whichever replica. */
export async function listChanges(
  db: Db,
): Promise<ReadonlyMap<EntityRef, number>> {
  const rows = await db<{ service: string; version: number }>(
    'delivery_changes',
  ).select('service', 'version');
  return new Map(rows.map(({ service, version }) => [service, version]));
}

/** Says to all replicas that something about these Services changed. */
export async function countChanges(
  db: Db,
  services: readonly EntityRef[],
): Promise<void> {
  const sorted = [...new Set(services)].sort();
  for (const chunk of chunksOf(sorted, CHUNK)) {
    await db('delivery_changes')
      .insert(chunk.map(service => ({ service, version: 1 })))
      .onConflict('service')
      .merge({ version: db.raw('delivery_changes.version + 1') });
  }
}
