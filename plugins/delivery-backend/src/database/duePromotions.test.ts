// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';
import { openDatabase } from '../wiring/openDatabase';
import { chunksOf } from './chunksOf';
import { claimDuePromotions, hurryPromotions } from './duePromotions';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: DATABASE_IDS });
const NOW = new Date('2026-11-16T09:00:00Z');
const MANY = 600;

describe.each(databases.eachSupportedId())('due promotions on %s', id => {
  it('all go to some worker while others hurry them', async () => {
    const knex = await openDatabase({ getClient: () => databases.init(id) });
    const rows = Array.from({ length: MANY }, (_, number) => ({
      id: String(number).padStart(26, '0'),
      number,
      service: `component:default/service-${number % 20}`,
      environment: `place-${number}`,
      release_id: 'component:default/orders@1',
      release_number: 1,
      kind: 'forward',
      phase: 'waiting',
      version: 1,
      created_at: NOW.toISOString(),
      updated_at: NOW.toISOString(),
      // Due in another order than they are stored in.
      next_check_at: new Date(
        NOW.getTime() - ((number * 7919) % MANY) * 1_000,
      ).toISOString(),
      body: '{}',
    }));
    for (const chunk of chunksOf(rows, 50)) {
      await knex('delivery_promotions').insert(chunk);
    }
    const claim = async (): Promise<string[]> => {
      const claimed: string[] = [];
      for (let empty = 0; empty < 3; ) {
        const some = await claimDuePromotions(knex, {
          now: NOW,
          lease: 3_600_000,
          limit: 25,
        });
        claimed.push(...some);
        empty = some.length === 0 ? empty + 1 : 0;
      }
      return claimed;
    };
    const hurry = async () => {
      for (let round = 0; round < 30; round += 1) {
        await hurryPromotions(knex, {}, new Date(NOW.getTime() - 1));
      }
    };
    // What was hurried before is due again, so everything is claimed at least once.
    const [first, second, third] = await Promise.all([
      claim(),
      claim(),
      claim(),
      hurry(),
      hurry(),
    ]);
    const claimed = [...first, ...second, ...third, ...(await claim())];
    expect(new Set(claimed).size).toBe(MANY);
  });
});
