// SPDX-License-Identifier: Apache-2.0
import type { Db } from './Db';

/** Whether replicas may share this database, so that its time and its locks are to count. */
export function isShared(db: Db): boolean {
  return String(db.client.config.client).startsWith('pg');
}
