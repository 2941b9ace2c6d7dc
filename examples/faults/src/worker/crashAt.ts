// SPDX-License-Identifier: Apache-2.0
import type { CdEngine } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { CrashPoint } from './messages';

const querySchema = z.object({
  sql: z.string(),
  bindings: z.array(z.unknown()).default([]),
  __knexUid: z.string(),
});

/** Ends this process at once, as a power cut would: nothing is flushed or closed. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('still alive');
}

/**
 * Kills this process right before or right after a commit that holds a certain
 * line of the record, or a claim.
 *
 * @remarks
 * It listens to what the database driver is told, so the product knows nothing
 * of it.
 */
export function crashAtCommit(knex: Knex, point: CrashPoint): void {
  const marked = new Set<string>();
  let seen = 0;
  knex.on('query', given => {
    const query = querySchema.parse(given);
    if (isInsertOf(query, point)) {
      seen += 1;
      if (seen === point.nth) {
        marked.add(query.__knexUid);
      }
    }
    if (
      query.sql === 'COMMIT;' &&
      marked.has(query.__knexUid) &&
      point.when === 'before'
    ) {
      die();
    }
  });
  if (point.when === 'after') {
    afterCommit(knex, uid => marked.has(uid));
  }
}

type Ask = (
  this: unknown,
  connection: { __knexUid: string },
  query: { sql: string },
) => Promise<unknown>;

let ask: Ask | undefined;

/** The driver tells of no answer to a commit, so its one way to ask is watched. */
function afterCommit(knex: Knex, isMarked: (uid: string) => boolean): void {
  const driver: { _query: Ask } = Object.getPrototypeOf(knex.client);
  const original = ask ?? driver._query;
  ask = original;
  driver._query = async function watched(connection, query) {
    const answer = await original.call(this, connection, query);
    if (query.sql === 'COMMIT;' && isMarked(connection.__knexUid)) {
      die();
    }
    return answer;
  };
}

/** Kills this process right before or right after a call of the CD engine. */
export function crashAtCall(engine: CdEngine, point: CrashPoint): CdEngine {
  let seen = 0;
  async function around<T>(name: string, call: () => Promise<T>): Promise<T> {
    const here = name === point.name;
    seen += here ? 1 : 0;
    const now = here && seen === point.nth;
    if (now && point.when === 'before') {
      die();
    }
    try {
      return await call();
    } finally {
      if (now) {
        die();
      }
    }
  }
  return {
    id: engine.id,
    inspect: (...args) => around('inspect', () => engine.inspect(...args)),
    find: (...args) => around('find', () => engine.find(...args)),
    start: (...args) => around('start', () => engine.start(...args)),
    get: (...args) => around('get', () => engine.get(...args)),
    cancel: (...args) => around('cancel', () => engine.cancel(...args)),
  };
}

function isInsertOf(
  query: z.infer<typeof querySchema>,
  point: CrashPoint,
): boolean {
  const { bindings, sql } = query;
  if (point.kind === 'claim') {
    return (
      sql.startsWith('insert into "delivery_claims"') &&
      bindings.includes('ADMITTED')
    );
  }
  return (
    sql.includes('insert into "delivery_promotion_events"') &&
    bindings[columnsOf(sql).indexOf('type')] === point.name
  );
}

function columnsOf(insert: string): string[] {
  return (/insert into "\w+" \(([^)]*)\)/.exec(insert)?.[1] ?? '')
    .split(',')
    .map(column => column.trim().replaceAll('"', ''));
}
