// SPDX-License-Identifier: Apache-2.0
import type { Seal } from '../domain/chain';
import { LogCheck, type LogFinding } from '../domain/LogCheck';
import type { Db } from './Db';
import { readLog, readLogHead } from './promotionEvents';

const PAGE = 1_000;

/** Walks over the whole log, and names the first line that is not what was written. */
export async function verifyLog(db: Db, seal: Seal): Promise<LogFinding> {
  // Read first: what is appended meanwhile is not looked for.
  const head = await readLogHead(db);
  const check = new LogCheck({ seal });
  for (let after = 0; after < head.log; ) {
    const lines = await readLog(db, {
      after,
      limit: Math.min(PAGE, head.log - after),
    });
    if (lines.length === 0 || !lines.every(line => check.take(line))) {
      break;
    }
    after = lines[lines.length - 1].log;
  }
  return check.finish(head);
}
