// SPDX-License-Identifier: Apache-2.0
import type { Release } from 'backstage-plugin-delivery-common';
import type { Db } from './Db';
import type { LaneKey } from './lanes';
import { toRelease } from './releases';

/** A Release that was verified; absent when it is not stored any more. */
export type VerifiedRelease = { releaseId: string; release?: Release };

/** The Release that was verified on a lane last, or `undefined`. */
export async function findVerified(
  db: Db,
  { environment, service }: LaneKey,
): Promise<VerifiedRelease | undefined> {
  const row = await db('delivery_deployments as d')
    .leftJoin('delivery_releases as r', 'r.id', 'd.release_id')
    .where({
      'd.service': service,
      'd.environment': environment,
      'd.outcome': 'verified',
    })
    .orderBy('d.started_at', 'desc')
    .orderBy('d.id', 'desc')
    .first<{ releaseId: string; body: string | null } | undefined>({
      releaseId: 'd.release_id',
      body: 'r.body',
    });
  return (
    row && {
      releaseId: row.releaseId,
      ...(row.body === null ? {} : { release: toRelease({ body: row.body }) }),
    }
  );
}
