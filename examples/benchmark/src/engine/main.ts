// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { EngineDouble } from './EngineDouble';
import { measureDecisions, measureDoors } from './measureDecisions';
import { measurePromote } from './measurePromote';
import { measureReplicas } from './measureReplicas';
import { openDatabase } from './openDatabase';
import { openEngine } from './openEngine';
import { seed } from './seed';
import { loadNow, tableOf, thisMachine, type EngineReport } from './tableOf';

const SERVICES = 1_000;
const PER_SECOND = 50;

async function main(): Promise<void> {
  const address = process.env.BENCH_POSTGRES;
  const quick = process.argv.includes('--quick');
  const file = process.argv
    .find(one => one.startsWith('--json='))
    ?.slice('--json='.length);
  if (!address) {
    throw new Error('Run it with "yarn bench:engine"');
  }
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const loadBefore = loadNow();
  const seconds = quick ? 5 : 30;
  const promotes = quick ? 100 : 500;
  const database = await openDatabase(address);
  const { knex } = database;
  try {
    const { rows } = await knex.raw('show server_version');
    say(`Filling a shop of ${SERVICES} services`);
    await seed(knex, { from: 0, to: SERVICES });
    const parts = openEngine({ knex, engine: new EngineDouble() });
    say('Decisions');
    const decisions = await measureDecisions(parts, knex, {
      services: SERVICES,
      samples: quick ? 500 : 5_000,
      pureMs: quick ? 1_000 : 5_000,
    });
    say('What can go where');
    const doors = await measureDoors(parts, knex, {
      samples: quick ? 5 : 30,
    });
    say('Promote');
    const promote = await measurePromote(knex, {
      from: 0,
      samples: promotes + 20,
    });
    say('Three replicas');
    const warmSeconds = quick ? 2 : 10;
    const more = SERVICES + PER_SECOND * (seconds + warmSeconds);
    await seed(knex, { from: SERVICES, to: more });
    const replicas = await measureReplicas(database, {
      from: SERVICES,
      perSecond: PER_SECOND,
      seconds,
      warmSeconds,
    });
    const report: EngineReport = {
      at: new Date().toISOString().slice(0, 10),
      machine: thisMachine(String(rows[0].server_version).split(' ')[0]),
      loadBefore,
      decisions,
      doors,
      promote,
      replicas,
    };
    if (file) {
      writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
    }
    process.stdout.write(`\n${tableOf(report)}\n`);
    for (const fault of replicas.failed) {
      say(fault);
    }
  } finally {
    await database.drop();
  }
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
