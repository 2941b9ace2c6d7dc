// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import createKnex, { type Knex } from 'knex';

/** A database of its own on the server at this address, migrated and empty. */
export async function openDatabase(
  address: string,
): Promise<{ knex: Knex; url: string; drop(): Promise<void> }> {
  const name = `bench_engine_${randomBytes(6).toString('hex')}`;
  const admin = createKnex({
    client: 'pg',
    connection: address,
    pool: { min: 0, max: 1 },
  });
  await admin.raw('create database ??', [name]);
  const url = new URL(address);
  url.pathname = `/${name}`;
  const knex = connect(url.href);
  await knex.migrate.latest({
    directory: resolvePackagePath(
      'backstage-plugin-delivery-backend',
      'migrations',
    ),
  });
  return {
    knex,
    url: url.href,
    async drop() {
      await knex.destroy();
      await admin.raw('drop database ?? with (force)', [name]);
      await admin.destroy();
    },
  };
}

/** As many connections as Backstage gives a plugin. */
export function connect(url: string): Knex {
  return createKnex({
    client: 'pg',
    connection: url,
    pool: { min: 0, max: 10 },
  });
}
