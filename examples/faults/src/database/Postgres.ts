// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import createKnex, { type Knex } from 'knex';
import { BEGIN } from './shop';
import { seed } from './seed';

/** The PostgreSQL that the tests are given, whichever version it is. */
export function postgresAddress(): string | undefined {
  const [name] = Object.keys(process.env)
    .filter(key =>
      /^BACKSTAGE_TEST_DATABASE_POSTGRES\d+_CONNECTION_STRING$/.test(key),
    )
    .sort()
    .reverse();
  return name && process.env[name];
}

/** One database of its own that goes back to where every run begins in a moment. */
export class RunDatabase {
  readonly url: string;
  readonly knex: Knex;
  readonly #admin: Knex;
  readonly #name: string;
  readonly #back = new Map<string, string>();

  private constructor(options: {
    url: string;
    knex: Knex;
    admin: Knex;
    name: string;
  }) {
    this.url = options.url;
    this.knex = options.knex;
    this.#admin = options.admin;
    this.#name = options.name;
  }

  /** Makes one, migrated and with what the runs begin with. */
  static async create(name: string): Promise<RunDatabase> {
    const address = postgresAddress();
    if (!address) {
      throw new Error(
        'There is no PostgreSQL: set BACKSTAGE_TEST_DATABASE_POSTGRES16_CONNECTION_STRING, or run "yarn test:faults"',
      );
    }
    const admin = createKnex({
      client: 'pg',
      connection: address,
      pool: { min: 0, max: 1 },
    });
    // Others may use the same server, a second run of the same tests too.
    const own = `faults_${name}_${randomBytes(8).toString('hex')}`;
    await admin.raw('create database ??', [own]);
    const url = new URL(address);
    url.pathname = `/${own}`;
    const knex = createKnex({
      client: 'pg',
      connection: url.href,
      pool: { min: 0, max: 4 },
    });
    await knex.migrate.latest({
      directory: resolvePackagePath(
        'backstage-plugin-delivery-backend',
        'migrations',
      ),
    });
    await seed(knex, new Date(BEGIN));
    const database = new RunDatabase({ url: url.href, knex, admin, name: own });
    await database.remember('beginning');
    return database;
  }

  /** Everything is as it was then again; as at the beginning when not told. */
  async reset(then = 'beginning'): Promise<void> {
    await this.knex.raw(this.#back.get(then) ?? '');
  }

  /** Removes it. */
  async drop(): Promise<void> {
    await this.knex.destroy();
    await this.#admin.raw('drop database if exists ?? with (force)', [
      this.#name,
    ]);
    await this.#admin.destroy();
  }

  /** Remembers how everything is now, to go back to. */
  async remember(now: string): Promise<void> {
    const rows: { tablename: string }[] = await this.knex('pg_tables')
      .where({ schemaname: 'public' })
      .andWhereLike('tablename', 'delivery_%')
      .select('tablename');
    await this.knex.raw('create schema ??', [now]);
    const statements: string[] = [];
    for (const { tablename } of rows) {
      await this.knex.raw('create table ??.?? as table ??', [
        now,
        tablename,
        tablename,
      ]);
      statements.push(
        `delete from "${tablename}"`,
        `insert into "${tablename}" select * from "${now}"."${tablename}"`,
      );
    }
    this.#back.set(now, statements.join(';'));
  }
}
