// SPDX-License-Identifier: Apache-2.0
import type { Seal } from '../domain/chain';
import type { PromotionRecord } from '../domain/PromotionRecord';
import type { Db } from './Db';
import { appendFirstEvent, lockLog } from './promotionEvents';

/**
 * Stores a new Promotion under the next number, with the first line of its
 * record.
 *
 * @remarks
 * The log is locked first, as its line needs it anyway, so that no two writers
 * read the same highest number.
 */
export async function insertPromotion(
  tx: Db,
  promotion: Omit<PromotionRecord, 'number'>,
  options: { idempotencyKey?: string; summary: string; seal: Seal },
): Promise<PromotionRecord> {
  const head = await lockLog(tx);
  const highest = await tx('delivery_promotions')
    .max<{ number: number | null }>('number as number')
    .first();
  const record: PromotionRecord = {
    ...promotion,
    number: (highest?.number ?? 0) + 1,
  };
  await tx('delivery_promotions').insert({
    id: record.id,
    number: record.number,
    service: record.service,
    environment: record.environment,
    release_id: record.releaseId,
    release_number: record.releaseNumber,
    kind: record.kind,
    requested_by: record.requestedBy ?? null,
    phase: record.phase,
    version: record.version,
    correlation_id: record.correlationId ?? null,
    execution_id: record.execution?.id ?? null,
    idempotency_key: options.idempotencyKey ?? null,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    next_check_at: record.createdAt,
    body: JSON.stringify(record),
  });
  await appendFirstEvent(
    tx,
    {
      promotionId: record.id,
      service: record.service,
      at: record.createdAt,
      type: 'requested',
      by: record.requestedBy,
      phase: record.phase,
      summary: options.summary,
      data: { reason: record.reason, ticket: record.ticket },
    },
    { seal: options.seal, head },
  );
  return record;
}
