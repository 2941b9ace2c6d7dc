// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { connect } from './openDatabase';
import { letterSchema, type Answer, type Order } from './messages';
import { BEN, openEngine } from './openEngine';
import { RemoteEngine } from './RemoteEngine';

/** How often the product looks for what is due. */
const ROUND_MS = 1_000;

let knex: Knex | undefined;
let parts: ReturnType<typeof openEngine> | undefined;
const stop = new AbortController();

async function rounds(): Promise<void> {
  while (!stop.signal.aborted) {
    await parts?.reconciler.round(stop.signal);
    await delay(ROUND_MS, undefined, { signal: stop.signal }).catch(() => {});
  }
}

async function carryOut(order: Order): Promise<string> {
  if (order.kind === 'open') {
    knex = connect(order.database);
    parts = openEngine({ knex, engine: new RemoteEngine(order.engine) });
    rounds().catch(error => process.stderr.write(`${error}\n`));
    return 'open';
  }
  if (!parts) {
    throw new Error('Open it first');
  }
  switch (order.kind) {
    case 'request': {
      const request = {
        service: order.service,
        environment: 'staging',
        releaseId: `${order.service}@3`,
        kind: 'forward' as const,
        reason: 'It is time',
      };
      const { subject } = await parts.promotions.preview(request, BEN);
      const made = await parts.promotions.request(
        { ...request, subject, idempotencyKey: `all of ${order.service}` },
        BEN,
      );
      return made.id;
    }
    case 'claim':
      return (await parts.claims.claim(order)).status;
    case 'see':
      parts.keeper.onObservation(order.observation);
      return 'seen';
    default:
      stop.abort();
      await parts.keeper.settled();
      await knex?.destroy();
      return String(cpuMs());
  }
}

/** CPU time of this process since it began; milliseconds. */
function cpuMs(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1_000;
}

process.on('message', async given => {
  const { id, order } = letterSchema.parse(given);
  let answer: Answer;
  try {
    answer = { id, value: await carryOut(order) };
  } catch (error) {
    answer = { id, error: String(error) };
  }
  process.send?.(answer);
});
