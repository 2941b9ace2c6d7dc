// SPDX-License-Identifier: Apache-2.0
import {
  decide,
  evaluateGates,
  findRelease,
  loadAllFacts,
  planDoors,
  type assembleEngine,
} from 'backstage-plugin-delivery-backend/testUtils';
import { systemClock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { round, spreadOf, type Spread } from './figures';
import { CONFIG, serviceOf } from './shop';

type Parts = ReturnType<typeof assembleEngine>;
type Question = Parameters<Parts['decisions']['decide']>[0];
type Context = Parameters<typeof evaluateGates>[1];

/** What Decisions cost. */
export type DecisionFigures = {
  /** With reasons and evidence, everything read from PostgreSQL; milliseconds. */
  fromDatabase: Spread;
  /** The Verdicts of five gates and the Decision, from facts at hand; each second. */
  purePerSecond: number;
  /** The same with fingerprint, policy hash and standing rules; each second. */
  wholePerSecond: number;
};

const PATH = [...CONFIG.paths.values()][0];

async function questionOf(
  knex: Knex,
  given: { index: number; environment: string; release: number },
): Promise<Question> {
  const service = serviceOf(given.index);
  const environment = PATH.environments.find(
    ({ name }) => name === given.environment,
  );
  const release = await findRelease(
    knex,
    `${service.entityRef}@${given.release}`,
  );
  if (!environment || !release) {
    throw new Error('The shop was not filled');
  }
  return {
    service,
    path: PATH,
    environment,
    release,
    kind: 'forward',
    requestedBy: 'user:default/ben',
  };
}

/** Measures Decisions on the door into prod, and pure ones on that into staging. */
export async function measureDecisions(
  parts: Parts,
  knex: Knex,
  options: { services: number; samples: number; pureMs: number },
): Promise<DecisionFigures> {
  const times: number[] = [];
  for (let count = -200; count < options.samples; count += 1) {
    const question = await questionOf(knex, {
      index: (count + 200) % options.services,
      environment: 'prod',
      release: 2,
    });
    const began = performance.now();
    await parts.decisions.decide(question, { fresh: true });
    if (count >= 0) {
      times.push(performance.now() - began);
    }
  }
  return {
    fromDatabase: spreadOf(times),
    ...(await measurePure(parts, knex, options.pureMs)),
  };
}

async function measurePure(
  parts: Parts,
  knex: Knex,
  ms: number,
): Promise<Omit<DecisionFigures, 'fromDatabase'>> {
  const question = await questionOf(knex, {
    index: 0,
    environment: 'staging',
    release: 3,
  });
  const outside = await parts.decisions.gather(question, { fresh: true });
  const facts = await loadAllFacts({
    knex,
    config: CONFIG,
    clock: systemClock,
  });
  const [own] = facts.filter(
    ({ service }) => service.entityRef === question.service.entityRef,
  );
  const stored = {
    observations: own.observations,
    sources: own.sources,
    lanes: own.lanes,
    verified: own.deployments.filter(
      ({ releaseId }) => releaseId === question.release.id,
    ),
    approvals: [],
    overrides: [],
    reviews: [],
  };
  const whole = () =>
    parts.decisions.decideFrom(question, { ...outside, stored });
  const { decision } = whole();
  if (decision.outcome !== 'proceed') {
    throw new Error(`It should pass: ${decision.reason}`);
  }
  const gates = parts.decisions.gatesOf(question);
  const context = contextOf(question, own);
  const now = context.now;
  const pure = () =>
    decide(at => evaluateGates(gates, { ...context, now: at }), now);
  if (pure().outcome !== 'proceed') {
    throw new Error(`It should pass: ${pure().reason}`);
  }
  return {
    purePerSecond: perSecond(pure, ms),
    wholePerSecond: perSecond(whole, ms),
  };
}

function contextOf(
  { environment, kind, path, release, service }: Question,
  own: Awaited<ReturnType<typeof loadAllFacts>>[number],
): Context {
  const environments = new Map(
    path.environments.map(one => [
      one.name,
      {
        environment: { ...one, after: [...one.after] },
        everVerified: one.name === 'dev',
        verifiedSince: own.lanes.find(
          lane =>
            lane.environment === one.name &&
            lane.occupancy?.releaseId === release.id,
        )?.occupancy?.since,
        observation: own.observations.find(
          seen => seen.environment === one.name,
        ),
      },
    ]),
  );
  return {
    now: new Date(),
    kind,
    service: { entityRef: service.entityRef, owner: service.owner },
    environment: { ...environment, after: [...environment.after] },
    release,
    requestedBy: 'user:default/ben',
    environments,
    approvals: [],
    people: new Map(),
    authors: [],
    overdueReviews: [],
  };
}

function perSecond(work: () => unknown, ms: number): number {
  let rate = 0;
  // The first turns are for the compiler.
  for (const span of [ms / 2, ms]) {
    const began = performance.now();
    let count = 0;
    while (performance.now() - began < span) {
      for (let turn = 0; turn < 500; turn += 1) {
        work();
      }
      count += 500;
    }
    rate = (count * 1_000) / (performance.now() - began);
  }
  return Math.round(rate);
}

/** What can go where: each door of each service with its Decision; milliseconds. */
export type DoorFigures = {
  services: number;
  doors: number;
  /** From facts at hand, as the portal has them once they were read. */
  fromMemory: Spread;
  /** All facts read from PostgreSQL in seven queries before. */
  fromDatabase: Spread;
};

/** Measures what can go where, for all services there are. */
export async function measureDoors(
  parts: Parts,
  knex: Knex,
  options: { samples: number },
): Promise<DoorFigures> {
  const read = () => loadAllFacts({ knex, config: CONFIG, clock: systemClock });
  const known = await read();
  const [first] = known;
  const outsides = new Map(
    await Promise.all(
      first.path.environments.map(
        async environment =>
          [
            environment.name,
            await parts.decisions.gather(
              {
                ...first,
                environment,
                release: first.releases[0],
                kind: 'forward',
              },
              { fresh: false },
            ),
          ] as const,
      ),
    ),
  );
  let doors = 0;
  const askAll = (all: typeof known) => {
    doors = 0;
    for (const facts of all) {
      for (const { candidate, to } of planDoors(facts)) {
        const outside = outsides.get(to.name);
        if (candidate && outside) {
          doors += 1;
          parts.decisions.decideFrom(
            {
              service: facts.service,
              path: facts.path,
              environment: to,
              release: candidate,
              kind: 'forward',
              requestedBy: 'user:default/ben',
            },
            {
              ...outside,
              stored: {
                observations: facts.observations,
                sources: facts.sources,
                lanes: facts.lanes,
                verified: facts.deployments.filter(
                  ({ outcome, releaseId }) =>
                    releaseId === candidate.id && outcome === 'verified',
                ),
                approvals: [],
                overrides: [],
                reviews: [],
              },
            },
          );
        }
      }
    }
  };
  const memory: number[] = [];
  const database: number[] = [];
  for (let count = -3; count < options.samples; count += 1) {
    const began = performance.now();
    askAll(known);
    const middle = performance.now();
    askAll(await read());
    if (count >= 0) {
      memory.push(middle - began);
      database.push(performance.now() - middle);
    }
  }
  return {
    services: known.length,
    doors: round(doors),
    fromMemory: spreadOf(memory),
    fromDatabase: spreadOf(database),
  };
}
