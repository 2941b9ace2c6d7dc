// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';

/** An engine's question and its answer. */
export type StoredClaim = {
  executionId: string;
  promotionId?: string;
  status: 'ADMITTED' | 'REFUSED' | 'WITHDRAWN';
  reason: string;
  at: string;
};

type Row = {
  execution_id: string;
  promotion_id: string | null;
  status: StoredClaim['status'];
  reason: string;
  at: string;
};

const toClaim = (row: Row): StoredClaim => ({
  executionId: row.execution_id,
  ...(row.promotion_id ? { promotionId: row.promotion_id } : {}),
  status: row.status,
  reason: row.reason,
  at: row.at,
});

/** The answer that an Execution got, or `undefined`. */
export async function findClaim(
  db: Db,
  executionId: string,
): Promise<StoredClaim | undefined> {
  const row = await db<Row>('delivery_claims')
    .where({ execution_id: executionId })
    .first();
  return row && toClaim(row);
}

/** The Execution that was admitted for a Promotion, or `undefined`. */
export async function findAdmittedClaim(
  db: Db,
  promotionId: string,
): Promise<StoredClaim | undefined> {
  const row = await db<Row>('delivery_claims')
    .where({ promotion_id: promotionId, status: 'ADMITTED' })
    .first();
  return row && toClaim(row);
}

/**
 * Stores an answer; at most one Execution of a Promotion is ever admitted.
 *
 * @returns `false` when there is an answer for the Execution already, or
 * another Execution of the Promotion was admitted.
 */
export async function insertClaim(
  db: Db,
  claim: StoredClaim,
): Promise<boolean> {
  const inserted = await db('delivery_claims')
    .insert({
      execution_id: claim.executionId,
      promotion_id: claim.promotionId ?? null,
      status: claim.status,
      reason: claim.reason,
      at: claim.at,
    })
    .onConflict()
    .ignore()
    .returning('execution_id');
  return inserted.length > 0;
}
