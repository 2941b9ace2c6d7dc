// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { EngineServer } from './EngineServer';
import { round, spreadOf, type Spread } from './figures';
import { ReplicaProcess } from './ReplicaProcess';
import { observationOf, serviceOf } from './shop';

const REPLICAS = 3;
/** How long an execution takes before its claim, and after it; milliseconds. */
const STEP_MS = 200;
/** CPU time that a replica takes before it does anything; milliseconds. */
const BOOT_MS = 1_500;
/** What is under way may take so long to end once no more is asked for; milliseconds. */
const REST_MS = 60_000;

/** Promotions from the request to their verification, while more are asked for. */
export type ReplicaFigures = {
  replicas: number;
  askedPerSecond: number;
  seconds: number;
  promotions: number;
  /** Until Gate was called. */
  toGate: Spread;
  succeeded: number;
  failed: string[];
  /** How many verified ones came a second, from the first to the last tenth. */
  succeededPerSecond: number;
  /** How long after the last request the last one was verified; seconds. */
  restSeconds: number;
  /** CPU time of the replicas for each Promotion; milliseconds. */
  cpuPerPromotion: number;
};

/**
 * Asks three replicas for so many Promotions a second, and waits for their end.
 *
 * @remarks
 * Before that they are asked for half as many a second for a while, until their code is
 * compiled; those are not counted.
 */
export async function measureReplicas(
  given: { knex: Knex; url: string },
  options: {
    /** The first Service; every Promotion is of another one. */
    from: number;
    perSecond: number;
    seconds: number;
    warmSeconds: number;
  },
): Promise<ReplicaFigures> {
  const { from, perSecond, seconds, warmSeconds } = options;
  const server = await EngineServer.start();
  const replicas = Array.from({ length: REPLICAS }, () => new ReplicaProcess());
  await Promise.all(
    replicas.map(replica =>
      replica.order({
        kind: 'open',
        database: given.url,
        engine: server.url,
      }),
    ),
  );
  const anyone = (count: number) => replicas[count % REPLICAS];
  const began = new Map<string, number>();
  const toGate: number[] = [];
  const failed: string[] = [];
  let claims = 0;
  server.double.onStart = ({ parameters, target }, execution) => {
    toGate.push(performance.now() - (began.get(target.service) ?? NaN));
    carryOut(target.service, execution.ref.id, parameters.promotionId).catch(
      error => failed.push(String(error)),
    );
  };
  async function carryOut(
    service: string,
    executionId: string,
    promotionId: string,
  ): Promise<void> {
    await delay(STEP_MS);
    claims += 1;
    const replica = anyone(claims);
    for (;;) {
      const status = await replica.order({
        kind: 'claim',
        executionId,
        promotionId,
      });
      if (status === 'ADMITTED') {
        break;
      }
      if (status !== 'PENDING') {
        throw new Error(`The claim of ${service} is ${status}`);
      }
      await delay(STEP_MS);
    }
    await delay(STEP_MS);
    server.double.succeed(executionId);
    const index = Number(service.slice(-4));
    await replica.order({
      kind: 'see',
      observation: observationOf(index, 'staging', 3),
    });
  }

  const askFor = async (
    numbers: { first: number; many: number },
    rate: number,
  ): Promise<string[]> => {
    const services: string[] = [];
    const asking: Promise<unknown>[] = [];
    const start = performance.now();
    for (let count = 0; count < numbers.many; count += 1) {
      const due = start + (count * 1_000) / rate;
      await delay(Math.max(0, due - performance.now()));
      const service = serviceOf(numbers.first + count).entityRef;
      services.push(service);
      began.set(service, performance.now());
      asking.push(
        anyone(count)
          .order({ kind: 'request', service })
          .catch(error => failed.push(String(error))),
      );
    }
    await Promise.all(asking);
    return services;
  };
  const ends = async (services: readonly string[]) => {
    const rows: { phase: string; many: string }[] = await given
      .knex('delivery_promotions')
      .whereIn('service', [...services])
      .groupBy('phase')
      .select('phase')
      .count('* as many');
    return new Map(rows.map(({ many, phase }) => [phase, Number(many)]));
  };
  const untilEnded = async (services: readonly string[]) => {
    const since = performance.now();
    let found = await ends(services);
    while (
      (found.get('succeeded') ?? 0) < services.length &&
      performance.now() - since < REST_MS
    ) {
      await delay(250);
      found = await ends(services);
    }
    return found;
  };

  const warm = Math.round((perSecond * warmSeconds) / 2);
  await untilEnded(await askFor({ first: from, many: warm }, perSecond / 2));
  toGate.length = 0;

  const total = perSecond * seconds;
  const start = performance.now();
  const services = await askFor({ first: from + warm, many: total }, perSecond);
  const asked = performance.now();
  const found = await untilEnded(services);
  const ended = performance.now();
  const cpu = await Promise.all(replicas.map(replica => replica.stop()));
  await server.stop();
  const succeeded = found.get('succeeded') ?? 0;
  for (const [phase, many] of found) {
    if (phase !== 'succeeded') {
      failed.push(`${many} are ${phase}`);
    }
  }
  return {
    replicas: REPLICAS,
    askedPerSecond: round((total * 1_000) / (asked - start)),
    seconds,
    promotions: total,
    toGate: spreadOf(toGate),
    succeeded,
    failed: failed.slice(0, 5),
    succeededPerSecond: round((succeeded * 1_000) / (ended - start)),
    restSeconds: round((ended - asked) / 1_000),
    cpuPerPromotion: round(
      (cpu.reduce((sum, one) => sum + one, 0) - REPLICAS * BOOT_MS) /
        (warm + total),
    ),
  };
}
