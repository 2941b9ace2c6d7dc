// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';
import type { LaneKey } from './lanes';

/** A change that no Promotion brought. */
export type OutsideChange = LaneKey & {
  id: string;
  /** What it is about: `execution:<id>` or `digests:<fingerprint>`. */
  key: string;
  since: string;
  reason: string;
  execution?: string;
  acknowledged?: { by: string; at: string; reason: string };
};

type Row = LaneKey & {
  id: string;
  key: string;
  since: string;
  reason: string;
  execution: string | null;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  acknowledged_reason: string | null;
};

function toOutsideChange(row: Row): OutsideChange {
  return {
    id: row.id,
    service: row.service,
    environment: row.environment,
    key: row.key,
    since: row.since,
    reason: row.reason,
    ...(row.execution ? { execution: row.execution } : {}),
    ...(row.acknowledged_by && row.acknowledged_at
      ? {
          acknowledged: {
            by: row.acknowledged_by,
            at: row.acknowledged_at,
            reason: row.acknowledged_reason ?? '',
          },
        }
      : {}),
  };
}

/** Changes from outside, newest first. */
export async function listOutsideChanges(
  db: Db,
  filter: { service?: string; environment?: string; open?: boolean },
): Promise<OutsideChange[]> {
  const query = db<Row>('delivery_outside_changes')
    .select()
    .orderBy('since', 'desc');
  if (filter.service) {
    query.where('service', filter.service);
  }
  if (filter.environment) {
    query.where('environment', filter.environment);
  }
  if (filter.open) {
    query.whereNull('acknowledged_by');
  }
  return (await query).map(toOutsideChange);
}

/** Stores a change from outside once; `false` when it is known already. */
export async function insertOutsideChange(
  db: Db,
  change: OutsideChange,
): Promise<boolean> {
  const { acknowledged: _, ...row } = change;
  const inserted = await db('delivery_outside_changes')
    .insert(row)
    .onConflict(['service', 'environment', 'key'])
    .ignore()
    .returning('id');
  return inserted.length > 0;
}

/** Writes down who looked at it; `false` when nobody had to any more. */
export async function acknowledgeOutsideChange(
  db: Db,
  key: LaneKey & { id: string },
  by: { by: string; at: string; reason: string },
): Promise<boolean> {
  const changed = await db<Row>('delivery_outside_changes')
    .where(key)
    .whereNull('acknowledged_by')
    .update({
      acknowledged_by: by.by,
      acknowledged_at: by.at,
      acknowledged_reason: by.reason,
    });
  return changed > 0;
}
