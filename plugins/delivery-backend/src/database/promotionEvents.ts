// SPDX-License-Identifier: Apache-2.0
import {
  phaseSchema,
  type PromotionEvent,
} from 'backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { lineHash, logHash, type LogLine, type Seal } from '../domain/chain';
import type { Db } from './Db';
import { isShared } from './isShared';

type Row = {
  promotion_id: string;
  sequence: number;
  service: string;
  at: string;
  type: string;
  by: string | null;
  phase: string;
  summary: string;
  data: string;
  hash: string;
  log: number;
  log_hash: string;
  mac: string | null;
};

type Head = { id: number; log: number; log_hash: string };

/** The last place of the log. */
export type LogHead = Pick<Head, 'log' | 'log_hash'>;

/** A line of the record before it is written. */
export type NewPromotionEvent = {
  promotionId: string;
  service: string;
  at: string;
  type: string;
  by?: string;
  phase: PromotionEvent['phase'];
  summary: string;
  data?: Record<string, string | number | boolean | undefined>;
};

const toEvent = (row: Row): PromotionEvent => ({
  sequence: row.sequence,
  at: row.at,
  type: row.type,
  ...(row.by ? { by: row.by } : {}),
  summary: row.summary,
  phase: phaseSchema.parse(row.phase),
  hash: row.hash,
});

/** The record of a Promotion, oldest first. */
export async function listPromotionEvents(
  db: Db,
  promotionId: string,
): Promise<PromotionEvent[]> {
  const rows = await db<Row>('delivery_promotion_events')
    .select()
    .where({ promotion_id: promotionId })
    .orderBy('sequence');
  return rows.map(toEvent);
}

/**
 * Appends a line to the record of a Promotion, and to the log of them all.
 *
 * @remarks
 * Each line's hash covers the hash of the line before it in the record and in
 * the log, so none can be removed, changed, moved or put in between without a
 * trace; the seal is keyed, so the whole chain cannot be made anew either. Call
 * it in the transaction that changes the Promotion: the compare-and-set there
 * keeps two writers from the same place in the record, and the row of the head
 * is locked until the commit.
 */
export async function appendPromotionEvent(
  tx: Db,
  event: NewPromotionEvent,
  seal: Seal,
): Promise<void> {
  await append(tx, event, { seal, end: await lockEnd(tx, event.promotionId) });
}

/** The same for the first line of a Promotion, by whoever has locked the log before. */
export async function appendFirstEvent(
  tx: Db,
  event: NewPromotionEvent,
  options: { seal: Seal; head: LogHead },
): Promise<void> {
  await append(tx, event, { seal: options.seal, end: options.head });
}

/** Where the log ends, and where the record of a Promotion does. */
type End = LogHead & { sequence?: number | null; hash?: string | null };

/** One look at both: every other writer of the log waits from here on. */
async function lockEnd(tx: Db, promotionId: string): Promise<End> {
  const last = (column: 'sequence' | 'hash'): Knex.QueryBuilder =>
    tx<Row>('delivery_promotion_events')
      .where({ promotion_id: promotionId })
      .orderBy('sequence', 'desc')
      .limit(1)
      .select(column)
      .as(column);
  const end = await tx('delivery_log_head')
    .where({ id: 1 })
    .forUpdate()
    .first<End | undefined>('log', 'log_hash', last('sequence'), last('hash'));
  return end ?? { log: 0, log_hash: '' };
}

async function append(
  tx: Db,
  event: NewPromotionEvent,
  { end, seal }: { seal: Seal; end: End },
): Promise<void> {
  const line = {
    promotionId: event.promotionId,
    sequence: (end.sequence ?? 0) + 1,
    service: event.service,
    at: event.at,
    type: event.type,
    by: event.by,
    phase: event.phase,
    summary: event.summary,
    data: JSON.stringify(event.data ?? {}),
  };
  const hash = lineHash(line, end.hash ?? undefined);
  const log = end.log + 1;
  const log_hash = logHash({ log, hash }, end.log_hash);
  const mac = seal.mac(log_hash) ?? null;
  const { promotionId, ...rest } = line;
  const written = tx('delivery_promotion_events').insert({
    ...rest,
    promotion_id: promotionId,
    by: event.by ?? null,
    hash,
    log,
    log_hash,
    mac,
  });
  const head = tx('delivery_log_head').where({ id: 1 });
  if (isShared(tx)) {
    // In one go: everybody who writes a line waits for this one to be committed.
    await head.with('line', written).update({ log, log_hash, mac });
  } else {
    await written;
    await head.update({ log, log_hash, mac });
  }
}

/** Lets nobody else append to the log until the commit; where it ends. */
export async function lockLog(tx: Db): Promise<LogHead> {
  const head = await tx<Head>('delivery_log_head')
    .where({ id: 1 })
    .forUpdate()
    .first('log', 'log_hash');
  return head ?? { log: 0, log_hash: '' };
}

/** Lines of the log of all Promotions from a place on, in their order. */
export async function readLog(
  db: Db,
  options: { after: number; limit: number },
): Promise<LogLine[]> {
  const rows = await db<Row>('delivery_promotion_events')
    .select()
    .where('log', '>', options.after)
    .orderBy('log')
    .limit(options.limit);
  return rows.map(row => ({
    promotionId: row.promotion_id,
    sequence: row.sequence,
    service: row.service,
    at: row.at,
    type: row.type,
    ...(row.by ? { by: row.by } : {}),
    phase: row.phase,
    summary: row.summary,
    data: row.data,
    hash: row.hash,
    log: row.log,
    logHash: row.log_hash,
    ...(row.mac ? { mac: row.mac } : {}),
  }));
}

/** Where the log ends, by its own account. */
export async function readLogHead(
  db: Db,
): Promise<{ log: number; logHash: string }> {
  const head = await db<Head>('delivery_log_head').where({ id: 1 }).first();
  return { log: head?.log ?? 0, logHash: head?.log_hash ?? '' };
}
