// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';

/** A database or a transaction of it. */
export type Db = Knex | Knex.Transaction;
