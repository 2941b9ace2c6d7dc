// SPDX-License-Identifier: Apache-2.0
import { listApprovals } from './approvals';
import { changePromotion, type FollowUps } from './changePromotion';
import type { Db } from './Db';
import { listPromotions } from './promotions';
import type { PromotionRecord } from '../domain/PromotionRecord';

/**
 * Ends the waiting Promotions of a lane that a newer Release makes needless.
 *
 * @remarks
 * One that somebody has approved stays: a person's word is not thrown away by a
 * machine. Rollbacks neither supersede nor are superseded.
 */
export async function supersedeOlder(
  tx: Db,
  newer: PromotionRecord,
  followUps: FollowUps,
): Promise<void> {
  if (newer.kind === 'rollback') {
    return;
  }
  const waiting = await listPromotions(tx, {
    service: newer.service,
    environment: newer.environment,
    phases: ['waiting'],
    // Numbers are given out in order, so none of a higher one is there yet.
    before: newer.number,
  });
  for (const older of waiting) {
    const given =
      older.kind === 'rollback'
        ? undefined
        : await listApprovals(tx, { promotionIds: [older.id] });
    if (given?.length === 0 && older.releaseNumber < newer.releaseNumber) {
      await changePromotion(
        tx,
        older,
        {
          type: 'superseded',
          at: newer.createdAt,
          reason: `Superseded by Promotion ${newer.number} of Release ${newer.releaseNumber}`,
        },
        followUps,
      );
    }
  }
}
