// SPDX-License-Identifier: Apache-2.0
import type { GateState } from 'backstage-plugin-spinnaker-client/testUtils';
import type { RunDatabase } from '../database/Postgres';
import type { WorkerPool } from '../worker/WorkerPool';
import type { GateServer } from '../world/GateServer';
import { Scene } from '../world/Scene';
import { Crew } from './Crew';
import type { MatrixCase } from './MatrixCase';
import { Story, type RunReport } from './Story';

/** Where runs happen, one after another. */
export type Stage = {
  database: RunDatabase;
  server: GateServer;
  pool: Pick<WorkerPool, 'take' | 'giveBack'>;
  spinnaker: GateState;
};

/** Lets one life of a Promotion happen, kills a replica on the way, and judges what came of it. */
export async function runCase(
  stage: Stage,
  one: MatrixCase,
): Promise<RunReport> {
  const { database, pool, server, spinnaker } = stage;
  await database.reset();
  const crew = new Crew({
    pool,
    place: { database: database.url, gate: server.url },
  });
  const scene: Scene = new Scene({
    mode: one.mode,
    seed: one.seed,
    state: spinnaker,
    portal: {
      ask: async question => {
        const outcome = await crew.one({ ...question, now: scene.now });
        if (outcome.state === 'refused') {
          throw new Error(outcome.message);
        }
        return outcome.state === 'done' ? outcome.value : undefined;
      },
    },
  });
  server.answer = request => scene.answer(request);
  await scene.cluster.begin();
  const story = new Story({ one, scene, crew, database });
  try {
    await crew.begin({
      now: scene.now,
      replicas: one.seed % 4 === 3 ? 2 : 1,
      crash: one.crash,
    });
    await story.tell();
    return await story.report();
  } finally {
    crew.end();
  }
}
