// SPDX-License-Identifier: Apache-2.0
import type { TestDatabaseId } from '@backstage/backend-test-utils';

const POSTGRES = [
  'POSTGRES_18',
  'POSTGRES_17',
  'POSTGRES_16',
  'POSTGRES_15',
  'POSTGRES_14',
] as const;

/** The PostgreSQL that the environment offers, whichever it is. */
const offered = POSTGRES.find(
  id =>
    process.env[
      `BACKSTAGE_TEST_DATABASE_${id.replace('_', '')}_CONNECTION_STRING`
    ] !== undefined,
);

/** The databases that everything has to work with. */
export const DATABASE_IDS: TestDatabaseId[] = [
  'SQLITE_3',
  offered ?? 'POSTGRES_16',
];
