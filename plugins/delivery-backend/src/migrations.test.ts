// SPDX-License-Identifier: Apache-2.0
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { replaceServices, listServices } from './database/services';
import { ORDERS } from './__testUtils__/startDelivery';
import { DATABASE_IDS } from './__testUtils__/databaseIds';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: DATABASE_IDS });

const directory = resolvePackagePath(
  'backstage-plugin-delivery-backend',
  'migrations',
);

async function tables(knex: Knex): Promise<string[]> {
  const rows: { name: string }[] =
    knex.client.config.client === 'pg'
      ? await knex
          .select({ name: 'table_name' })
          .from('information_schema.tables')
          .where('table_name', 'like', 'delivery_%')
      : await knex
          .select('name')
          .from('sqlite_master')
          .where({ type: 'table' })
          .where('name', 'like', 'delivery_%');
  return rows.map(({ name }) => name).sort();
}

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('20261121_01_init: makes the tables, and takes them away again', async () => {
    const knex = await databases.init(id);
    await knex.migrate.up({ directory, name: '20261121_01_init.js' });
    await replaceServices(knex, [ORDERS], new Date('2026-11-16T09:00:00Z'));
    await expect(listServices(knex)).resolves.toEqual([ORDERS]);
    expect((await tables(knex)).length).toBeGreaterThanOrEqual(13);
    await knex.migrate.down({ directory, name: '20261121_01_init.js' });
    await expect(tables(knex)).resolves.toEqual([]);
  });

  it('keeps two promotions from the same lane', async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory });
    const row = (number: number, phase: string) => ({
      id: `promotion-${number}`,
      number,
      service: ORDERS.entityRef,
      environment: 'prod',
      release_id: 'release',
      release_number: 1,
      kind: 'forward',
      phase,
      version: 0,
      created_at: 'now',
      updated_at: 'now',
      next_check_at: 'now',
      body: '{}',
    });
    await knex('delivery_promotions').insert([
      row(1, 'waiting'),
      row(2, 'waiting'),
      row(3, 'running'),
    ]);
    await expect(
      knex('delivery_promotions').insert(row(4, 'needs-attention')),
    ).rejects.toThrow(/unique/i);
  });
});
