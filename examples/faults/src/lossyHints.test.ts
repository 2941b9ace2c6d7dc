// SPDX-License-Identifier: Apache-2.0
import {
  createSeal,
  listDeployments,
  listOutsideChanges,
  listPromotions,
  verifyLog,
} from 'backstage-plugin-delivery-backend/testUtils';
import { isFinal } from 'backstage-plugin-delivery-common';
import type { GateState } from 'backstage-plugin-spinnaker-client/testUtils';
import { RunDatabase } from './database/Postgres';
import { SEAL_KEY } from './database/shop';
import { orderSchema, type NewOrder } from './worker/messages';
import { Worker } from './worker/Worker';
import { GateServer } from './world/GateServer';
import { random } from './world/random';
import { Scene } from './world/Scene';
import { spinnakerState } from './world/spinnakerState';

const FULL = process.env.DELIVERY_FAULTS === 'full';
const SEEDS = FULL ? 60 : 6;

/** Releases 3 to 8 are built one after another. */
const RELEASES = [3, 4, 5, 6, 7, 8];

/** No hint comes later than this; seconds. */
const LATEST_S = 40;

/** So long after the one sweep everything has come to its end; seconds. */
const REST_S = 150;

jest.setTimeout(FULL ? 3_600_000 : 600_000);

/** Something that is told: to the portal, or by CI to Spinnaker. */
type Hint = { at: number; kind: 'hint' | 'handOver'; release: number };

/** What was told when nothing is lost: each build at once, to both. */
function allHints(built: readonly number[]): Hint[] {
  return RELEASES.flatMap((release, index) => [
    { at: built[index], kind: 'hint' as const, release },
    { at: built[index], kind: 'handOver' as const, release },
  ]);
}

/** A fifth of them is lost, a fifth comes twice, and hints to the portal come late. */
function lossy(hints: readonly Hint[], chance: () => number): Hint[] {
  return hints.flatMap(hint => {
    const luck = chance();
    const late = () => (hint.kind === 'hint' ? Math.floor(chance() * 30) : 0);
    if (luck < 0.2) {
      return [];
    }
    const once = { ...hint, at: hint.at + late() };
    return luck < 0.4 ? [once, { ...hint, at: hint.at + late() }] : [once];
  });
}

describe('hints that get lost, come twice and overtake each other', () => {
  let database: RunDatabase;
  let server: GateServer;
  let spinnaker: GateState;
  let worker: Worker;

  beforeAll(async () => {
    database = await RunDatabase.create('hints');
    server = await GateServer.start();
    spinnaker = await spinnakerState();
    worker = new Worker();
  });

  afterAll(async () => {
    await worker?.close();
    await server?.stop();
    await database?.drop();
  });

  /** Where everything stands after the hints, one sweep and some time. */
  async function run(built: readonly number[], hints: readonly Hint[]) {
    await database.reset();
    const order = (given: NewOrder) =>
      worker.carryOut(orderSchema.parse(given));
    const scene: Scene = new Scene({
      mode: 'ok',
      seed: 0,
      state: spinnaker,
      portal: {
        ask: async question => order({ ...question, now: scene.now }),
      },
    });
    server.answer = request => scene.answer(request);
    await scene.cluster.begin();
    await order({
      kind: 'open',
      database: database.url,
      gate: server.url,
      now: scene.now,
    });
    const second = async () => {
      await scene.pass(1_000);
      await order({
        kind: 'round',
        now: scene.now,
        observations: scene.newObservations(),
        sweep: false,
      });
    };
    for (let now = 0; now <= LATEST_S + 30; now += 1) {
      const done = RELEASES.filter((_, index) => built[index] <= now).at(-1);
      await order({ kind: 'built', now: scene.now, release: done ?? 0 });
      for (const hint of hints.filter(({ at }) => at === now)) {
        if (hint.kind === 'hint') {
          await order({ kind: 'hint', now: scene.now });
        } else {
          await scene.handOver(hint.release);
        }
      }
      await second();
    }
    await order({ kind: 'hint', now: scene.now });
    for (let now = 0; now < REST_S; now += 1) {
      await second();
    }
    const promotions = await listPromotions(database.knex, { limit: 100 });
    const [newest] = await listDeployments(database.knex, {
      service: 'component:default/orders',
      environment: 'dev',
      outcome: 'verified',
      limit: 1,
    });
    const running = scene.cluster.observe('dev', scene.now);
    const log = await verifyLog(database.knex, createSeal(SEAL_KEY));
    return {
      verifiedInDev: newest.releaseNumber,
      running: running.workloads.flatMap(({ images }) =>
        images.map(({ digest }) => digest),
      ),
      health: running.health,
      open: promotions
        .filter(({ phase }) => !isFinal(phase))
        .map(({ number, phase }) => `${number} ${phase}`),
      flagged: (await listOutsideChanges(database.knex, {})).map(
        ({ reason }) => reason,
      ),
      log: log.intact,
    };
  }

  it(`come to the same end after one sweep, ${SEEDS} times`, async () => {
    const chances = random(7);
    const counts = { told: 0, lost: 0, twice: 0 };
    const broken: unknown[] = [];
    for (let seed = 0; seed < SEEDS; seed += 1) {
      let time = 0;
      const built = RELEASES.map(() => {
        time += 1 + Math.floor(chances() * 6);
        return time;
      });
      const all = allHints(built);
      const some = lossy(all, chances);
      const expected = await run(built, all);
      const found = await run(built, some);
      counts.told += all.length;
      counts.lost += all.filter(
        ({ kind, release }) =>
          !some.some(one => one.kind === kind && one.release === release),
      ).length;
      counts.twice += all.filter(
        ({ kind, release }) =>
          some.filter(one => one.kind === kind && one.release === release)
            .length > 1,
      ).length;
      if (JSON.stringify(found) !== JSON.stringify(expected)) {
        broken.push({ seed, expected, found, some });
      }
    }
    process.stdout.write(
      `Lossy hints: ${SEEDS} runs, ${counts.told} hints, ${counts.lost} lost, ${counts.twice} twice; ${broken.length} ended otherwise\n`,
    );
    expect(broken).toEqual([]);
  });
});
