// SPDX-License-Identifier: Apache-2.0
import {
  listPromotionEvents,
  listPromotions,
} from 'backstage-plugin-delivery-backend/testUtils';
import { LANE_PHASES } from 'backstage-plugin-delivery-common';
import type { GateState } from 'backstage-plugin-spinnaker-client/testUtils';
import { RunDatabase } from './database/Postgres';
import { Crew } from './matrix/Crew';
import { buildWorker } from './worker/buildWorker';
import type { NewOrder } from './worker/messages';
import { WorkerPool } from './worker/WorkerPool';
import { GateServer } from './world/GateServer';
import { Scene } from './world/Scene';
import { spinnakerState } from './world/spinnakerState';

const FULL = process.env.DELIVERY_FAULTS === 'full';
const ROUNDS = FULL ? 1_000 : 100;
const CONTENDERS = 9;

jest.setTimeout(FULL ? 3_600_000 : 600_000);

describe('three replicas on one database', () => {
  let database: RunDatabase;
  let server: GateServer;
  let pool: WorkerPool;
  let crew: Crew;
  let spinnaker: GateState;
  let ids: string[];

  function setTheScene(mode: 'ok' | 'reset-before'): Scene {
    const scene = new Scene({
      mode,
      seed: 0,
      state: spinnaker,
      // The claims are asked by the test itself.
      portal: { ask: async () => undefined },
    });
    server.answer = request => scene.answer(request);
    return scene;
  }

  async function order(given: NewOrder): Promise<string> {
    const outcome = await crew.one(given);
    if (outcome.state !== 'done') {
      throw new Error(JSON.stringify(outcome));
    }
    return String(outcome.value);
  }

  beforeAll(async () => {
    database = await RunDatabase.create('races');
    server = await GateServer.start();
    pool = new WorkerPool({
      program: await buildWorker(),
      size: 3,
      life: 'long',
    });
    spinnaker = await spinnakerState();
    const scene = setTheScene('ok');
    const { now } = scene;
    await scene.cluster.begin();
    crew = new Crew({
      pool,
      place: { database: database.url, gate: server.url },
    });
    await crew.begin({ now, replicas: 3 });
    await order({
      kind: 'round',
      now,
      observations: scene.newObservations(),
      sweep: false,
    });
    ids = [];
    for (let count = 0; count < CONTENDERS; count += 1) {
      const key = `request ${count}`;
      ids.push(
        await order({
          kind: 'request',
          now,
          by: 'ben',
          release: 2,
          environment: 'staging',
          key,
        }),
      );
    }
    await database.remember('asked');
  });

  afterAll(async () => {
    await pool?.stop();
    await server?.stop();
    await database?.drop();
  });

  it(`lets exactly one of nine approvals of one person count, ${ROUNDS} times`, async () => {
    const scene = setTheScene('ok');
    const wins: number[] = [];
    const lines: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await database.reset('asked');
      const promotionId = ids[round % CONTENDERS];
      const approval: NewOrder = {
        kind: 'approve',
        now: scene.now,
        by: 'anna',
        promotionId,
      };
      const outcomes = await crew.contest([approval, approval, approval]);
      wins.push(outcomes.filter(({ state }) => state === 'done').length);
      const events = await listPromotionEvents(database.knex, promotionId);
      lines.push(events.filter(({ type }) => type === 'approved').length);
      await crew.all({
        kind: 'round',
        now: scene.now,
        observations: [],
        sweep: false,
      });
    }
    process.stdout.write(`Approval races: ${tally(wins)}\n`);
    expect(tally(wins)).toBe(`1 won in ${ROUNDS}`);
    expect(tally(lines)).toBe(`1 won in ${ROUNDS}`);
  });

  it(`lets exactly one of nine onto the lane, and exactly one execution pass its claim, ${ROUNDS} times`, async () => {
    await database.reset('asked');
    const before = setTheScene('reset-before');
    const knex = database.knex;
    // All are approved while Spinnaker cannot be asked to start: nothing begins.
    server.answer = async request =>
      request.method === 'GET'
        ? before.gate.handle(request)
        : new Response(undefined, { status: 503 });
    await knex('delivery_outside_changes').insert({
      id: 'shut',
      service: 'component:default/orders',
      environment: 'staging',
      key: 'digests:test',
      since: new Date(before.now).toISOString(),
      reason: 'The lane is shut while everybody lines up',
    });
    for (const promotionId of ids) {
      await order({
        kind: 'approve',
        now: before.now,
        by: 'anna',
        promotionId,
      });
    }
    await crew.all({
      kind: 'round',
      now: before.now,
      observations: [],
      sweep: false,
    });
    await knex('delivery_outside_changes').delete();
    await database.remember('approved');

    const onLane: number[] = [];
    const started: number[] = [];
    const admitted: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await database.reset('approved');
      const scene = setTheScene('reset-before');
      const { now } = scene;
      await crew.contest([{ kind: 'contend', now, promotionIds: ids }]);
      const holders = await listPromotions(knex, { phases: LANE_PHASES });
      onLane.push(holders.length);
      started.push(scene.starts.length);

      // What was asked for appears three times at once, and each asks each replica.
      const [holder] = holders;
      scene.calm();
      await startThrice(scene, scene.starts[0]);
      const executions = scene.gate.executions.slice(0, 3);
      const outcomes = await crew.contest([
        ...executions.map(({ id }) => ({
          kind: 'claim' as const,
          now,
          executionId: id,
          promotionId: holder.id,
        })),
        { kind: 'contend', now, promotionIds: [holder.id] },
      ]);
      const rows: unknown[] = await knex('delivery_claims').where({
        status: 'ADMITTED',
      });
      const answers = outcomes.filter(
        outcome =>
          outcome.state === 'done' &&
          JSON.stringify(outcome.value)?.includes('ADMITTED'),
      );
      admitted.push(answers.length > 0 ? rows.length : -1);
    }
    process.stdout.write(
      `Lane races: ${tally(onLane)}; starts: ${tally(started)}; claims: ${tally(
        admitted,
      )}\n`,
    );
    expect(tally(onLane)).toBe(`1 won in ${ROUNDS}`);
    expect(tally(started)).toBe(`1 won in ${ROUNDS}`);
    expect(tally(admitted)).toBe(`1 won in ${ROUNDS}`);
  });
});

async function startThrice(scene: Scene, body: string): Promise<void> {
  scene.gate.inject({ method: 'POST', effect: { kind: 'twice' }, times: 2 });
  for (let count = 0; count < 2; count += 1) {
    await scene.gate.handle(
      new Request('http://gate.test/pipelines/orders/Deploy%20to%20staging', {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          authorization: 'Bearer portal-token',
        },
      }),
    );
  }
}

/** How often each number came: `1 won in 98, 2 won in 2`. */
function tally(numbers: readonly number[]): string {
  const counts = new Map<number, number>();
  for (const one of numbers) {
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts].map(([won, times]) => `${won} won in ${times}`).join(', ');
}
