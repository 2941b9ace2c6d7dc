// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { EngineDouble } from './EngineDouble';
import { spreadOf, type Spread } from './figures';
import { BEN, openEngine } from './openEngine';
import { serviceOf } from './shop';

/** From the request of a Promotion until Gate is called, one after another; milliseconds. */
export async function measurePromote(
  knex: Knex,
  options: { from: number; samples: number },
): Promise<Spread> {
  const engine = new EngineDouble();
  const { promotions } = openEngine({ knex, engine });
  const times: number[] = [];
  for (let count = 0; count < options.samples; count += 1) {
    const request = {
      service: serviceOf(options.from + count).entityRef,
      environment: 'staging',
      releaseId: `${serviceOf(options.from + count).entityRef}@3`,
      kind: 'forward' as const,
      reason: 'It is time',
    };
    const { subject } = await promotions.preview(request, BEN);
    const called = new Promise<number>(resolve => {
      engine.onStart = () => resolve(performance.now());
    });
    const began = performance.now();
    await promotions.request(
      { ...request, subject, idempotencyKey: `promote ${count}` },
      BEN,
    );
    times.push((await called) - began);
  }
  return spreadOf(times.slice(20));
}
