// SPDX-License-Identifier: Apache-2.0
import { allCases } from './matrix/cases';
import { nameOf, type MatrixCase } from './matrix/MatrixCase';
import { runMatrix } from './matrix/runMatrix';

const FULL = process.env.DELIVERY_FAULTS === 'full';
const ONLY = process.env.DELIVERY_FAULTS_ONLY;

jest.setTimeout(FULL ? 5 * 3_600_000 : 1_800_000);

describe('the engine, killed at every step while Gate misbehaves', () => {
  it('deploys once, loses nothing and ends everything', async () => {
    const all = allCases({ seeds: 9 });
    // 19 is no divisor of what the matrix is made of, so that all of it is met.
    const tenth = all.filter((_, index) => index % 19 === 0);
    const cases = chosen(all, tenth);
    let told = 0;
    const report = await runMatrix(cases, {
      lanes: 3,
      onRun: (name, run) => {
        told += 1;
        if (told % 1_000 === 0) {
          process.stdout.write(`${told} of ${cases.length} runs\n`);
        }
        if (ONLY || run.broken.length > 0) {
          process.stdout.write(`${name} ${JSON.stringify(run)}\n`);
        }
      },
    });
    const { broken, ...numbers } = report;
    process.stdout.write(`Crash matrix: ${JSON.stringify(numbers)}\n`);
    expect(broken).toEqual([]);
    expect(report.runs).toBe(cases.length);
  });
});

function chosen(all: MatrixCase[], tenth: MatrixCase[]): MatrixCase[] {
  if (ONLY) {
    return all.filter(one => nameOf(one).includes(ONLY));
  }
  return FULL ? all : tenth;
}
