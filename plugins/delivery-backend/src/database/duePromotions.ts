// SPDX-License-Identifier: Apache-2.0
import { FINAL_PHASES } from 'backstage-plugin-delivery-common';
import type { Db } from './Db';
import { isShared } from './isShared';

/**
 * Claims the Promotions that are due, for one worker.
 *
 * @remarks
 * Pushes `next_check_at` into the future in the same statement, so a second
 * replica finds nothing, and the claim of a worker that crashed comes back by
 * itself. One that somebody changes right now is left for the next round: nobody
 * waits here, so no two wait for each other.
 * @returns Their ids.
 */
export async function claimDuePromotions(
  db: Db,
  options: { now: Date; lease: number; limit: number },
): Promise<string[]> {
  const now = options.now.toISOString();
  const due = db('delivery_promotions')
    .select('id')
    .where('next_check_at', '<=', now)
    .whereNotIn('phase', [...FINAL_PHASES])
    .orderBy('next_check_at')
    .limit(options.limit);
  if (isShared(db)) {
    due.forUpdate().skipLocked();
  }
  const rows: { id: string }[] = await db('delivery_promotions')
    .whereIn('id', due)
    .where('next_check_at', '<=', now)
    .update({
      next_check_at: new Date(
        options.now.getTime() + options.lease,
      ).toISOString(),
    })
    .returning('id');
  return rows.map(row => row.id);
}

/** Says when a Promotion is to be looked at next, unless somebody changed it since. */
export async function scheduleCheck(
  db: Db,
  promotion: { id: string; version: number },
  at: Date,
): Promise<void> {
  await db('delivery_promotions')
    .where({ id: promotion.id, version: promotion.version })
    .update({ next_check_at: at.toISOString() });
}

/**
 * Makes open Promotions due now: something happened outside.
 *
 * @remarks
 * They are locked in one order, so that no two who hurry wait for each other.
 */
export async function hurryPromotions(
  db: Db,
  filter: { services?: readonly string[]; environment?: string },
  now: Date,
): Promise<void> {
  const asleep = db('delivery_promotions')
    .select('id')
    .orderBy('id')
    .forUpdate()
    .whereNotIn('phase', [...FINAL_PHASES])
    .where('next_check_at', '>', now.toISOString());
  if (filter.services) {
    asleep.whereIn('service', filter.services);
  }
  if (filter.environment) {
    asleep.where({ environment: filter.environment });
  }
  await db('delivery_promotions')
    .whereIn('id', asleep)
    .update({ next_check_at: now.toISOString() });
}
