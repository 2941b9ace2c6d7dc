// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';

/** A line of a Service's history beside its Promotions. */
export type Note = {
  id: string;
  service: string;
  environment?: string;
  kind:
    | 'release'
    | 'changed-outside'
    | 'acknowledged'
    | 'hold'
    | 'hold-lifted'
    | 'marked'
    | 'reviewed';
  at: string;
  by?: string;
  summary: string;
  reason?: string;
};

type Row = Omit<Note, 'environment' | 'by' | 'reason'> & {
  environment: string | null;
  by: string | null;
  reason: string | null;
};

/** The newest notes of a Service, newest first. */
export async function listNotes(
  db: Db,
  filter: { service: string; before?: string; limit: number },
): Promise<Note[]> {
  const query = db<Row>('delivery_notes')
    .select()
    .where({ service: filter.service })
    .orderBy('at', 'desc')
    .limit(filter.limit);
  if (filter.before) {
    query.where('at', '<', filter.before);
  }
  return (await query).map(row => ({
    id: row.id,
    service: row.service,
    kind: row.kind,
    at: row.at,
    summary: row.summary,
    ...(row.environment ? { environment: row.environment } : {}),
    ...(row.by ? { by: row.by } : {}),
    ...(row.reason ? { reason: row.reason } : {}),
  }));
}

/** Writes a note. */
export async function insertNote(db: Db, note: Note): Promise<void> {
  await db('delivery_notes').insert(note);
}
