// SPDX-License-Identifier: Apache-2.0
import { holdSchema, type Hold } from 'backstage-plugin-delivery-common';
import type { Db } from './Db';
import { parseRow } from './parseRow';

/** One Service in one Environment. */
export type LaneKey = { service: string; environment: string };

/** What is known of a lane besides its Promotions. */
export type Lane = LaneKey & {
  /** The Release verified here that still runs, healthy, and since when. */
  occupancy?: { releaseId: string; since: string };
  hold?: Hold;
};

/** A lane as it is stored. */
export type LaneRow = LaneKey & {
  occupant: string | null;
  occupied_since: string | null;
  hold: string | null;
};

/** What a row says. Throws when it is not what was written. */
export function toLane(row: LaneRow): Lane {
  return {
    service: row.service,
    environment: row.environment,
    ...(row.occupant && row.occupied_since
      ? { occupancy: { releaseId: row.occupant, since: row.occupied_since } }
      : {}),
    ...(row.hold ? { hold: parseRow(holdSchema, row.hold, 'hold') } : {}),
  };
}

/** The lanes of a Service, or of all. */
export async function listLanes(db: Db, service?: string): Promise<Lane[]> {
  const query = db<LaneRow>('delivery_lanes').select();
  if (service) {
    query.where({ service });
  }
  return (await query).map(toLane);
}

/** One lane; empty when nothing was stored of it yet. */
export async function findLane(db: Db, key: LaneKey): Promise<Lane> {
  const row = await db<LaneRow>('delivery_lanes').where(key).first();
  return row ? toLane(row) : { ...key };
}

/** Stores since when a verified Release runs on the lane without a break. */
export async function saveOccupancy(
  db: Db,
  key: LaneKey,
  occupancy: Lane['occupancy'],
): Promise<void> {
  await db('delivery_lanes')
    .insert({
      ...key,
      occupant: occupancy?.releaseId ?? null,
      occupied_since: occupancy?.since ?? null,
    })
    .onConflict(['service', 'environment'])
    .merge(['occupant', 'occupied_since']);
}

/** Sets or lifts the hold on automatic Promotions. */
export async function saveHold(
  db: Db,
  key: LaneKey,
  hold: Hold | undefined,
): Promise<void> {
  await db('delivery_lanes')
    .insert({ ...key, hold: hold ? JSON.stringify(hold) : null })
    .onConflict(['service', 'environment'])
    .merge(['hold']);
}
