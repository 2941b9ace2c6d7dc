// SPDX-License-Identifier: Apache-2.0
import { FINAL_PHASES } from 'backstage-plugin-delivery-common';
import type { Db } from './Db';

/**
 * Claims the Promotions that are due, for one worker.
 *
 * @remarks
 * Pushes `next_check_at` into the future in the same statement, so a second
 * replica finds nothing, and the claim of a worker that crashed comes back by
 * itself.
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

/** Makes open Promotions due now: something happened outside. */
export async function hurryPromotions(
  db: Db,
  filter: { services?: readonly string[]; environment?: string },
  now: Date,
): Promise<void> {
  const query = db('delivery_promotions')
    .whereNotIn('phase', [...FINAL_PHASES])
    .where('next_check_at', '>', now.toISOString());
  if (filter.services) {
    query.whereIn('service', filter.services);
  }
  if (filter.environment) {
    query.where({ environment: filter.environment });
  }
  await query.update({ next_check_at: now.toISOString() });
}
