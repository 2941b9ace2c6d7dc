// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { decisionSchema } from 'backstage-plugin-delivery-common';
import { RunDatabase } from './database/Postgres';
import { buildWorker } from './worker/buildWorker';
import type { NewOrder } from './worker/messages';
import { WorkerPool } from './worker/WorkerPool';
import type { WorkerProcess } from './worker/WorkerProcess';
import { GateServer } from './world/GateServer';
import { Scene } from './world/Scene';
import { spinnakerState } from './world/spinnakerState';

jest.setTimeout(300_000);

const TEN_MINUTES = 600_000;

/** How wrong the machines are; the first one is right. */
const MACHINES = [
  { ms: 0, jumps: false },
  { ms: TEN_MINUTES, jumps: false },
  { ms: -TEN_MINUTES, jumps: false },
  { ms: TEN_MINUTES, jumps: true },
];

const GATES: JsonObject[] = [
  { type: 'upstream' },
  { type: 'soak', for: '2h' },
  {
    type: 'window',
    zone: 'Europe/Berlin',
    allow: ['Mon-Fri 09:00-16:00', 'Sun 01:00-04:00', 'Tue 00:00-24:00'],
    deny: ['Wed 12:00-13:00'],
  },
  {
    type: 'freeze',
    zone: 'Europe/Berlin',
    entries: [
      {
        title: 'Leap day',
        from: '2028-02-29',
        to: '2028-03-01',
        owner: 'ops',
        reason: 'Counting',
      },
    ],
  },
];

/** Moments at which a wrong clock would say something else; in UTC. */
const MOMENTS: [string, string, 'proceed' | 'wait'][] = [
  ['before the soak is over', '2026-11-16T09:54:00Z', 'wait'],
  ['after it', '2026-11-16T10:06:00Z', 'proceed'],
  ['before the window closes', '2026-11-16T14:54:00Z', 'proceed'],
  ['after it', '2026-11-16T15:06:00Z', 'wait'],
  ['before a denied hour', '2026-11-18T10:54:00Z', 'proceed'],
  ['in it', '2026-11-18T11:06:00Z', 'wait'],
  ['before the clock is set forward', '2027-03-28T00:54:00Z', 'proceed'],
  ['after it was set forward', '2027-03-28T01:06:00Z', 'proceed'],
  ['at the end of the short night', '2027-03-28T02:06:00Z', 'wait'],
  ['before the clock is set back', '2027-10-31T00:54:00Z', 'proceed'],
  ['in the hour that comes twice', '2027-10-31T01:06:00Z', 'proceed'],
  ['at the end of the long night', '2027-10-31T03:06:00Z', 'wait'],
  ['before the 29th of February', '2028-02-28T14:54:00Z', 'proceed'],
  ['on the 29th of February', '2028-02-29T08:06:00Z', 'wait'],
  ['at its last minutes', '2028-02-29T22:54:00Z', 'wait'],
  ['after it', '2028-03-01T08:06:00Z', 'proceed'],
];

describe('replicas whose clocks are wrong', () => {
  let database: RunDatabase;
  let server: GateServer;
  let pool: WorkerPool;
  let workers: WorkerProcess[];

  beforeAll(async () => {
    database = await RunDatabase.create('clocks');
    server = await GateServer.start();
    const scene = new Scene({
      mode: 'ok',
      seed: 0,
      state: await spinnakerState(),
      portal: { ask: async () => undefined },
    });
    await scene.cluster.begin();
    server.answer = request => scene.answer(request);
    // The time of the database is what a test says it is.
    await database.knex.raw(`
      create schema told;
      create table told.time (shift interval not null);
      insert into told.time values ('0');
      create function told.clock_timestamp() returns timestamptz language sql
        as 'select pg_catalog.clock_timestamp() + shift from told.time';
    `);
    pool = new WorkerPool({
      program: await buildWorker(),
      size: MACHINES.length,
      life: 'short',
    });
    workers = MACHINES.map(() => pool.take());
  });

  afterAll(async () => {
    await pool?.stop();
    await server?.stop();
    await database?.drop();
  });

  async function ask(worker: WorkerProcess, order: NewOrder) {
    const outcome = await worker.order(order);
    if (outcome.state !== 'done') {
      throw new Error(JSON.stringify(outcome));
    }
    return outcome.value;
  }

  async function open() {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c search_path=told,public,pg_catalog');
    await Promise.all(
      workers.map((worker, index) =>
        ask(worker, {
          kind: 'open',
          database: url.href,
          gate: server.url,
          now: 0,
          wrongBy: MACHINES[index],
          gates: GATES,
        }),
      ),
    );
  }

  it.each(MOMENTS)('decide alike %s (%s): %s', async (_, moment, expected) => {
    await database.knex.raw(
      'update told.time set shift = ?::timestamptz - pg_catalog.clock_timestamp()',
      [moment],
    );
    // What goes by the database's time looks at it when it begins.
    await open();
    const decisions = await Promise.all(
      workers.map(async worker =>
        decisionSchema.parse(
          await ask(worker, {
            kind: 'ask',
            now: 0,
            release: 2,
            environment: 'staging',
          }),
        ),
      ),
    );
    const told = decisions.map(({ earliest, outcome, verdicts }) => ({
      outcome,
      earliest,
      verdicts: verdicts.map(({ gate, status }) => `${gate} ${status}`),
    }));
    expect(told[0].outcome).toBe(expected);
    for (const other of told) {
      expect(other).toEqual(told[0]);
    }
    for (const { decidedAt } of decisions) {
      const late = Date.parse(decidedAt) - Date.parse(moment);
      expect(late).toBeGreaterThan(-1_000);
      expect(late).toBeLessThan(60_000);
    }
  });
});
