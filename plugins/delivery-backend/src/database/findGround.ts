// SPDX-License-Identifier: Apache-2.0
import type { Release } from 'backstage-plugin-delivery-common';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { Db } from './Db';
import { toPromotionRecord } from './promotions';
import { toRelease } from './releases';
import { toService, type StoredService } from './services';

/** What a question about a Release rests on; what is absent is not stored any more. */
export type Ground = { service?: StoredService; release?: Release };

/** A Promotion with what it rests on. */
export type PromotionGround = Ground & { promotion: PromotionRecord };

/** A Promotion with what it rests on, as it is stored; parse it with `readGround`. */
export type GroundRow = {
  id: string;
  promotion: string;
  service: string | null;
  path: string | null;
  release: string | null;
};

/** A Service and a Release, in one look. */
export async function findGround(
  db: Db,
  wanted: { service: string; releaseId: string },
): Promise<Ground> {
  const row = await db('delivery_services as s')
    .leftJoin('delivery_releases as r', join =>
      join.onVal('r.id', wanted.releaseId),
    )
    .where('s.entity_ref', wanted.service)
    .first<Omit<GroundRow, 'id' | 'promotion'> | undefined>({
      service: 's.body',
      path: 's.path',
      release: 'r.body',
    });
  return row ? groundOf(row) : {};
}

/** Promotions with what they rest on, in one look; unknown ids are left out. */
export async function findGroundRows(
  db: Db,
  ids: readonly string[],
): Promise<GroundRow[]> {
  return db('delivery_promotions as p')
    .leftJoin('delivery_services as s', 's.entity_ref', 'p.service')
    .leftJoin('delivery_releases as r', 'r.id', 'p.release_id')
    .whereIn('p.id', [...ids])
    .select<GroundRow[]>({
      id: 'p.id',
      promotion: 'p.body',
      service: 's.body',
      path: 's.path',
      release: 'r.body',
    });
}

/** A Promotion with what it rests on, or `undefined`. */
export async function findPromotionGround(
  db: Db,
  id: string,
): Promise<PromotionGround | undefined> {
  const [row] = await findGroundRows(db, [id]);
  return row && readGround(row);
}

/** What a row says. Throws when it is not what was written. */
export function readGround(row: GroundRow): PromotionGround {
  return {
    promotion: toPromotionRecord({ body: row.promotion }),
    ...groundOf(row),
  };
}

function groundOf({
  path,
  release,
  service,
}: Pick<GroundRow, 'path' | 'release' | 'service'>): Ground {
  return {
    ...(service !== null && path !== null
      ? { service: toService({ body: service, path }) }
      : {}),
    ...(release === null ? {} : { release: toRelease({ body: release }) }),
  };
}
