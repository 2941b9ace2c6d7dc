// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { startDelivery } from '../__testUtils__/startDelivery';
import { createSeal } from '../wiring/createSeal';
import { verifyLog } from './verifyLog';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';

const databases = TestDatabases.create({ ids: DATABASE_IDS });
const seal = createSeal('test key');
const EVENTS = 'delivery_promotion_events';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('the log on %p', id => {
  async function written() {
    const delivery = await startDelivery({ knex: await databases.init(id) });
    await delivery.toDev(1, 'a');
    await delivery.toStaging(1, 'a');
    await delivery.toDev(2, 'b');
    return delivery.knex;
  }

  it('is intact as it was written, and sealed', async () => {
    const knex = await written();
    const count = await knex(EVENTS).count({ lines: '*' }).first();
    await expect(verifyLog(knex, seal)).resolves.toEqual({
      intact: true,
      lines: Number(count?.lines),
      sealed: true,
    });
  });

  it.each<[string, (knex: Knex) => Promise<unknown>, unknown]>([
    ['removed', knex => knex(EVENTS).where({ log: 5 }).delete(), 6],
    [
      'removed from the end',
      async knex => {
        const { last } = (await knex(EVENTS).max({ last: 'log' }).first())!;
        await knex(EVENTS).where({ log: last }).delete();
      },
      expect.any(Number),
    ],
    ...(
      ['summary', 'by', 'at', 'type', 'phase', 'data', 'service'] as const
    ).map(
      column =>
        [
          `changed in ${column}`,
          (knex: Knex) =>
            knex(EVENTS)
              .where({ log: 5 })
              .update({ [column]: 'x' }),
          5,
        ] as [string, (knex: Knex) => Promise<unknown>, unknown],
    ),
    [
      'swapped',
      async knex => {
        await knex(EVENTS).where({ log: 5 }).update({ log: 1_000 });
        await knex(EVENTS).where({ log: 6 }).update({ log: 5 });
        await knex(EVENTS).where({ log: 1_000 }).update({ log: 6 });
      },
      5,
    ],
    [
      'put in',
      async knex => {
        const line = await knex(EVENTS).where({ log: 5 }).first();
        await knex(EVENTS).where('log', '>', 5).increment('log', 1_000);
        await knex(EVENTS).where('log', '>', 5).decrement('log', 999);
        await knex(EVENTS).insert({ ...line, log: 6, sequence: 99 });
        await knex('delivery_log_head').increment('log', 1);
      },
      6,
    ],
    [
      'sealed by somebody else',
      knex =>
        knex(EVENTS)
          .where({ log: 5 })
          .update({ mac: 'f'.repeat(64) }),
      5,
    ],
    [
      'stripped of its seal',
      knex => knex(EVENTS).where({ log: 5 }).update({ mac: null }),
      5,
    ],
  ])('shows a line that was %s', async (_, tamper, log) => {
    const knex = await written();
    await tamper(knex);
    const found = await verifyLog(knex, seal);
    expect(found).toMatchObject({ intact: false, log });
  });

  it('is not taken for another key’s', async () => {
    const knex = await written();
    await expect(verifyLog(knex, createSeal('other'))).resolves.toMatchObject({
      intact: false,
      log: 1,
      reason: 'The seal is not ours',
    });
  });
});
