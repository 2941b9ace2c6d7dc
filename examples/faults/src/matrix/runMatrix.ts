// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { RunDatabase } from '../database/Postgres';
import { buildWorker } from '../worker/buildWorker';
import { WorkerPool } from '../worker/WorkerPool';
import { GateServer } from '../world/GateServer';
import { spinnakerState } from '../world/spinnakerState';
import { nameOf, type MatrixCase } from './MatrixCase';
import { practise } from './practise';
import { runCase, type Stage } from './runCase';
import type { RunReport } from './Story';

/** What came of a whole matrix, as one process tells another. */
export const matrixReportSchema = z.object({
  runs: z.number(),
  crashed: z.number(),
  metFaults: z.number(),
  parked: z.number(),
  deploys: z.number(),
  simulatedHours: z.number(),
  seconds: z.number(),
  ends: z.record(z.string(), z.number()),
  broken: z.array(z.string()),
});
/** What came of a whole matrix. */
export type MatrixReport = z.infer<typeof matrixReportSchema>;

/** Runs every case, several at a time, and sums up. */
export async function runMatrix(
  cases: readonly MatrixCase[],
  options: { lanes: number; onRun?(name: string, report: RunReport): void },
): Promise<MatrixReport> {
  const began = Date.now();
  const program = await buildWorker(practise);
  const spinnaker = await spinnakerState();
  const report: MatrixReport = {
    runs: 0,
    crashed: 0,
    metFaults: 0,
    parked: 0,
    deploys: 0,
    simulatedHours: 0,
    seconds: 0,
    ends: {},
    broken: [],
  };
  const left = [...cases].reverse();
  await Promise.all(
    Array.from({ length: options.lanes }, async (_, lane) => {
      const pool = new WorkerPool({ program, size: 2, life: 'short' });
      const stage: Stage = {
        database: await RunDatabase.create(`lane${lane}`),
        server: await GateServer.start(),
        pool,
        spinnaker,
      };
      try {
        for (let one = left.pop(); one; one = left.pop()) {
          const run = await runCase(stage, one);
          options.onRun?.(nameOf(one), run);
          add(report, nameOf(one), run);
        }
      } finally {
        await pool.stop();
        await stage.server.stop();
        await stage.database.drop();
      }
    }),
  );
  report.seconds = Math.round((Date.now() - began) / 1000);
  report.simulatedHours = Math.round(report.simulatedHours);
  return report;
}

function add(report: MatrixReport, name: string, run: RunReport): void {
  report.runs += 1;
  report.crashed += run.crashed ? 1 : 0;
  report.metFaults += run.faults > 0 ? 1 : 0;
  report.parked += run.parked;
  report.deploys += run.deploys;
  report.simulatedHours += run.seconds / 3600;
  for (const end of run.ends) {
    report.ends[end] = (report.ends[end] ?? 0) + 1;
  }
  report.broken.push(...run.broken.map(text => `${name}: ${text}`));
}
