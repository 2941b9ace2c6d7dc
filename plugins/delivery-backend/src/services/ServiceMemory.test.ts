// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';
import { CONFIG, ORDERS } from '../__testUtils__/demoConfig';
import { countChanges } from '../database/changes';
import { replaceServices } from '../database/services';
import { openDatabase } from '../wiring/openDatabase';
import { ChangeLog } from './ChangeLog';
import { ServiceMemory } from './ServiceMemory';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: DATABASE_IDS });
const SERVICE = ORDERS.entityRef;

describe.each(databases.eachSupportedId())('ServiceMemory on %s', id => {
  const stop = new AbortController();
  afterAll(() => stop.abort());

  async function start() {
    const knex = await openDatabase({
      getClient: () => databases.init(id),
    });
    const now = new Date('2026-11-16T09:00:00Z');
    await replaceServices(knex, [ORDERS], now);
    const seen = { loads: 0, looks: 0, counts: 0 };
    knex.on('query-response', (_, { sql }: { sql: string }) => {
      seen.loads += /from .delivery_releases/.test(sql) ? 1 : 0;
      seen.looks += /from .delivery_changes/.test(sql) ? 1 : 0;
      seen.counts += /into .delivery_changes/.test(sql) ? 1 : 0;
    });
    const logger = mockServices.logger.mock();
    const { signal } = stop;
    const changes = new ChangeLog({ knex, logger, signal });
    const memory = new ServiceMemory({
      knex,
      clock: { now: () => now },
      config: CONFIG,
      changes,
      signal,
    });
    /** Asks until somebody has looked at the counts once more. */
    const askUntilLooked = async () => {
      const before = seen.looks;
      while (seen.looks === before) {
        await memory.of(SERVICE);
        await delay(20);
      }
      await memory.of(SERVICE);
    };
    return { askUntilLooked, changes, knex, memory, seen };
  }

  const until = async (condition: () => boolean) => {
    while (!condition()) {
      await delay(10);
    }
  };

  it('loads again what somebody has seen, before the next one asks', async () => {
    const { memory, seen } = await start();
    const first = await memory.of(SERVICE);
    await expect(memory.of(SERVICE)).resolves.toEqual(first);
    expect(seen.loads).toBe(1);
    memory.forget(SERVICE);
    await until(() => seen.loads === 2);
    const renewed = await memory.of(SERVICE);
    expect(renewed?.record).not.toBe(first?.record);
    expect(seen.loads).toBe(2);
  });

  it('loads once for a change of its own, and again for one on another replica', async () => {
    const { askUntilLooked, changes, knex, memory, seen } = await start();
    await memory.of(SERVICE);
    memory.forget(SERVICE);
    changes.add(SERVICE);
    await memory.of(SERVICE);
    expect(seen.loads).toBe(2);
    await until(() => seen.counts === 1);
    await askUntilLooked();
    expect(seen.loads).toBe(2);
    await countChanges(knex, [SERVICE]);
    await askUntilLooked();
    expect(seen.loads).toBe(3);
  });
});
