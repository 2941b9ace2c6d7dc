// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { Db } from './Db';
import { LaneTaken } from './LaneTaken';
import { LostRace } from './LostRace';

/**
 * Replaces a stored Promotion if it still has the version that was read.
 *
 * @param nextCheck - When it is looked at again; at once when left out.
 * @throws LostRace when it has another; LaneTaken when the new phase would hold
 * a lane that is held already (the partial unique index decides).
 */
export async function updatePromotion(
  tx: Db,
  promotion: PromotionRecord,
  expectedVersion: number,
  nextCheck?: Date,
): Promise<void> {
  const changed = await tx('delivery_promotions')
    .where({ id: promotion.id, version: expectedVersion })
    .update({
      phase: promotion.phase,
      version: promotion.version,
      correlation_id: promotion.correlationId ?? null,
      execution_id: promotion.execution?.id ?? null,
      updated_at: promotion.updatedAt,
      // At once, when nobody says: what is due now is the reconciler's to say.
      next_check_at: nextCheck?.toISOString() ?? promotion.updatedAt,
      body: JSON.stringify(promotion),
    })
    .catch(error => {
      if (isUniqueViolation(error)) {
        throw new LaneTaken(promotion.service, promotion.environment);
      }
      throw error;
    });
  if (changed === 0) {
    throw new LostRace(promotion.id);
  }
}

/** Whether PostgreSQL or SQLite refused a row because of a unique index. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    isError(error) &&
    'code' in error &&
    (error.code === '23505' || error.code === 'SQLITE_CONSTRAINT_UNIQUE')
  );
}

/** Whether PostgreSQL ended a transaction because two of them waited for each other. */
export function isDeadlock(error: unknown): boolean {
  return isError(error) && 'code' in error && error.code === '40P01';
}
