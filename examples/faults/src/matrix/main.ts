// SPDX-License-Identifier: Apache-2.0
import { availableParallelism } from 'node:os';
import { chooseCases } from './chooseCases';
import { runMatrix } from './runMatrix';

/** The processes of a lane take turns, so that two lanes keep a core busy. */
const LANES = Math.min(8, 2 * availableParallelism());

/** The matrix in a process of its own: it prints what happens and tells its parent what came of it. */
async function main(): Promise<void> {
  const { cases, isAlone } = chooseCases(process.env);
  let told = 0;
  const report = await runMatrix(cases, {
    lanes: LANES,
    onRun: (name, run) => {
      told += 1;
      if (told % 500 === 0) {
        process.stdout.write(`${told} of ${cases.length} runs\n`);
      }
      if (isAlone || run.broken.length > 0) {
        process.stdout.write(`${name} ${JSON.stringify(run)}\n`);
      }
    },
  });
  process.send?.(report);
}

const orphaned = (): void => process.exit(1);
process.once('disconnect', orphaned);
main().then(
  () => {
    process.off('disconnect', orphaned);
    process.disconnect();
  },
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
