// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { measureBrowser } from './browser/measureBrowser';
import { measureBackend } from './measure/measureBackend';
import { measureFewPods, measurePeerAlone } from './measure/measurePeerAlone';
import { measureScale } from './measure/measureScale';
import { say } from './measure/say';
import type { Effort, Machine, Report } from './report/Report';
import { browserTableOf } from './report/browserTableOf';
import { placeBetween } from './report/placeBetween';
import { scaleTableOf } from './report/scaleTableOf';
import { tableOf } from './report/tableOf';

const EFFORTS: { [name: string]: Effort } = {
  small: {
    size: { clusters: 10, services: 100, pods: 2_000 },
    seconds: 2,
    events: 30,
    peerEvents: 5,
  },
  full: {
    size: { clusters: 10, services: 1_000, pods: 50_000 },
    seconds: 6,
    events: 300,
    peerEvents: 30,
  },
};

/** Runs what is named on the command line and writes the figures down. */
async function run(): Promise<void> {
  const name = process.argv[2] ?? 'full';
  if (name === 'scale') {
    await runScale();
    return;
  }
  if (name === 'browser') {
    await runBrowser();
    return;
  }
  const effort = EFFORTS[name];
  if (!effort) {
    throw new Error(
      `There is no size "${name}"; there are small, full, scale and browser`,
    );
  }
  const began = performance.now();
  const machine = theMachine();
  const at = new Date().toISOString();
  say('The backend with the peer as it comes');
  const usual = await measureBackend(effort, 'default');
  say('The backend with the leanest peer');
  const lean = await measureBackend(effort, 'lean');
  say('The peer alone, for its memory');
  const alone = await measurePeerAlone(effort);
  say('Delivery with few pods, for what each of them costs');
  const fewPodsHeap = await measureFewPods(effort);
  const report: Report = {
    size: effort.size,
    machine,
    at,
    backends: [usual, lean],
    alone,
    fewPodsHeap,
    seconds: Math.round((performance.now() - began) / 1000),
  };
  write(name, report, tableOf(report));
}

async function runScale(): Promise<void> {
  const machine = theMachine();
  const rows = await measureScale();
  const report = { machine, at: new Date().toISOString(), rows };
  write('scale', report, scaleTableOf(report));
}

async function runBrowser(): Promise<void> {
  const machine = theMachine();
  const { size } = EFFORTS.small;
  const figures = await measureBrowser(size);
  const at = new Date().toISOString();
  const report = { size, machine, at, figures };
  write('browser', report, browserTableOf(report));
}

function theMachine(): Machine {
  return {
    cores: cpus().length,
    model: cpus()[0].model,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    loadBefore: loadavg()[0],
  };
}

/** Raw figures, the table beside them, and in the README what is shown there. */
function write(name: string, report: object, table: string): void {
  const folder = join(process.cwd(), 'results');
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify(report, undefined, 2)}\n`,
  );
  writeFileSync(join(folder, `${name}.md`), table);
  const readme = join(process.cwd(), 'README.md');
  writeFileSync(
    readme,
    placeBetween(readFileSync(readme, 'utf8'), { name, table }),
  );
  process.stdout.write(`\n${table}\n`);
}

run().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
