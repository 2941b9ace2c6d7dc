// SPDX-License-Identifier: Apache-2.0
import type {
  HistoryEntry,
  PromotionEvent,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';
import type { Note } from '../database/notes';
import type { PromotionRecord } from '../domain/PromotionRecord';

/** The lines of a Promotion's record that people look for in the history. */
const KINDS: Record<string, HistoryEntry['kind']> = {
  requested: 'requested',
  approved: 'approved',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  overridden: 'overridden',
  started: 'started',
  verified: 'verified',
  'rolled-back': 'rolled-back',
  failed: 'failed',
  'none-exists': 'failed',
  cancelled: 'cancelled',
  superseded: 'superseded',
  expired: 'expired',
  'needs-attention': 'needs-attention',
};

const dataSchema = z.object({ reason: z.string().optional() }).catch({});

/** A line of a Promotion's record with what belongs to it. */
export type ServiceEvent = PromotionEvent & {
  promotionId: string;
  data: unknown;
};

/** The types of lines that the history shows. */
export const HISTORY_EVENT_TYPES: readonly string[] = Object.keys(KINDS);

/** Lines of records and notes as one history, newest first. */
export function buildHistory(options: {
  events: readonly ServiceEvent[];
  notes: readonly Note[];
  promotions: readonly PromotionRecord[];
}): HistoryEntry[] {
  const byId = new Map(options.promotions.map(one => [one.id, one]));
  const entries = [
    ...options.events.flatMap(event => {
      const kind = KINDS[event.type];
      return kind ? [eventEntry(event, kind, byId.get(event.promotionId))] : [];
    }),
    ...options.notes.map(noteEntry),
  ];
  return entries.sort((a, b) =>
    a.at === b.at ? compare(b.id, a.id) : compare(b.at, a.at),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function eventEntry(
  event: ServiceEvent,
  kind: HistoryEntry['kind'],
  promotion: PromotionRecord | undefined,
): HistoryEntry {
  const { reason } = dataSchema.parse(event.data);
  return {
    id: `${event.promotionId}-${String(event.sequence).padStart(4, '0')}`,
    at: event.at,
    kind,
    ...(promotion
      ? {
          environment: promotion.environment,
          releaseNumber: promotion.releaseNumber,
          promotionNumber: promotion.number,
        }
      : {}),
    ...(event.by ? { by: event.by } : {}),
    promotionId: event.promotionId,
    summary: event.summary.slice(0, 600),
    ...(reason ? { reason } : {}),
  };
}

function noteEntry(note: Note): HistoryEntry {
  const [, number] = /^Release (\d+) /.exec(note.summary) ?? [];
  return {
    id: note.id,
    at: note.at,
    kind: note.kind,
    ...(note.environment ? { environment: note.environment } : {}),
    ...(note.by ? { by: note.by } : {}),
    ...(note.kind === 'release' && number
      ? { releaseNumber: Number(number) }
      : {}),
    summary: note.summary.slice(0, 600),
    ...(note.reason ? { reason: note.reason } : {}),
  };
}
