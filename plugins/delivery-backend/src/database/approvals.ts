// SPDX-License-Identifier: Apache-2.0
import type { Approval } from 'backstage-plugin-delivery-common';
import type { Db } from './Db';

/** An approval as it is stored. */
export type ApprovalRow = {
  id: string;
  promotion_id: string;
  by: string;
  verdict: 'approve' | 'reject';
  reason: string | null;
  subject: string;
  at: string;
  withdrawn_at: string | null;
};

/** What a row says. */
export function toApproval(row: ApprovalRow): Approval {
  return {
    id: row.id,
    promotionId: row.promotion_id,
    by: row.by,
    verdict: row.verdict,
    ...(row.reason ? { reason: row.reason } : {}),
    subject: row.subject,
    at: row.at,
    ...(row.withdrawn_at ? { void: 'Withdrawn' } : {}),
  };
}

/** The approvals of Promotions, oldest first. */
export async function listApprovals(
  db: Db,
  filter: { promotionIds?: readonly string[]; by?: string; limit?: number },
): Promise<Approval[]> {
  const query = db<ApprovalRow>('delivery_approvals')
    .select()
    .orderBy(['at', 'id']);
  if (filter.promotionIds) {
    query.whereIn('promotion_id', [...filter.promotionIds]);
  }
  if (filter.by) {
    query.where('by', filter.by);
  }
  if (filter.limit) {
    query.limit(filter.limit);
  }
  return (await query).map(toApproval);
}

/** Takes back what a person approved; `false` when there is nothing to take back. */
export async function withdrawApproval(
  db: Db,
  given: { promotionId: string; by: string; at: string; id?: string },
): Promise<boolean> {
  const changed = await db<ApprovalRow>('delivery_approvals')
    .where({
      promotion_id: given.promotionId,
      by: given.by,
      verdict: 'approve',
      ...(given.id ? { id: given.id } : {}),
    })
    .whereNull('withdrawn_at')
    .update({ withdrawn_at: given.at });
  return changed > 0;
}

/** Stores an approval once for each person, Promotion and subject. */
export async function insertApproval(
  db: Db,
  approval: Approval,
): Promise<boolean> {
  const inserted = await db('delivery_approvals')
    .insert({
      id: approval.id,
      promotion_id: approval.promotionId,
      by: approval.by,
      verdict: approval.verdict,
      reason: approval.reason ?? null,
      subject: approval.subject,
      at: approval.at,
    })
    .onConflict()
    .ignore()
    .returning('id');
  return inserted.length > 0;
}
