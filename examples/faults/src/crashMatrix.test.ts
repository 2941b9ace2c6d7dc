// SPDX-License-Identifier: Apache-2.0
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { bundle } from './bundle';
import { chooseCases } from './matrix/chooseCases';
import { matrixReportSchema, type MatrixReport } from './matrix/runMatrix';

jest.setTimeout(
  process.env.DELIVERY_FAULTS === 'full' ? 5 * 3_600_000 : 1_800_000,
);

describe('the engine, killed at every step while Gate misbehaves', () => {
  it('deploys once, loses nothing and ends everything', async () => {
    const { broken, ...numbers } = await inOwnProcess();
    process.stdout.write(`Crash matrix: ${JSON.stringify(numbers)}\n`);
    expect(broken).toEqual([]);
    expect(numbers.runs).toBe(chooseCases(process.env).cases.length);
  });
});

/** Runs the matrix outside the test runner, whose realm makes all of it a third dearer. */
async function inOwnProcess(): Promise<MatrixReport> {
  const child = fork(await bundle('matrix/main.ts'), [], {
    env: { ...process.env, NODE_OPTIONS: '' },
    execArgv: [],
  });
  let told: unknown;
  child.once('message', report => {
    told = report;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    throw new Error(`The matrix ended without a report (${code})`);
  }
  return matrixReportSchema.parse(told);
}
