// SPDX-License-Identifier: Apache-2.0
import { phaseSchema, type AuditLine } from 'backstage-plugin-delivery-common';
import type { Db } from './Db';
import { readLog } from './promotionEvents';

const PAGE = 500;

/** The lines of the log after a place, read page by page while they are taken. */
export async function* readLines(
  db: Db,
  query: { after: number; limit?: number },
): AsyncGenerator<AuditLine> {
  let { after } = query;
  let left = query.limit ?? Infinity;
  while (left > 0) {
    const lines = await readLog(db, { after, limit: Math.min(PAGE, left) });
    for (const line of lines) {
      yield { ...line, phase: phaseSchema.parse(line.phase) };
    }
    const last = lines.at(-1);
    if (!last) {
      return;
    }
    after = last.log;
    left -= lines.length;
  }
}
