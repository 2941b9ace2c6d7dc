// SPDX-License-Identifier: Apache-2.0
import { RunDatabase } from '../database/Postgres';
import type { WorkerProcess } from '../worker/WorkerProcess';
import type { GateMode } from '../world/GateMode';
import { GateServer } from '../world/GateServer';
import { spinnakerState } from '../world/spinnakerState';
import { LIVES } from './MatrixCase';
import { runCase } from './runCase';

/** Where a process would be killed that never comes there. */
const NOWHERE = { kind: 'event', name: '', when: 'before', nth: 1 } as const;

const MODES: readonly GateMode[] = ['ok', 'timeout-late', 'malformed'];

/** Lets one process live through every life of a Promotion, in some of the ways in which Gate behaves. */
export async function practise(worker: WorkerProcess): Promise<void> {
  const database = await RunDatabase.create('practice');
  const server = await GateServer.start();
  const stage = {
    database,
    server,
    pool: { take: () => worker, giveBack: () => {} },
    spinnaker: await spinnakerState(),
  };
  try {
    for (const mode of MODES) {
      for (const life of LIVES) {
        await runCase(stage, { life, crash: NOWHERE, mode, seed: 1 });
      }
    }
  } finally {
    await server.stop();
    await database.drop();
  }
}
