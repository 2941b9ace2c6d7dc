// SPDX-License-Identifier: Apache-2.0
import {
  insertRelease,
  replaceServices,
  saveDeployment,
  saveOccupancy,
  saveSourceState,
  toRelease,
} from 'backstage-plugin-delivery-backend/testUtils';
import type { Knex } from 'knex';
import { ulid } from 'ulid';
import { ORDERS, recordOf } from './shop';

/**
 * What every run begins with: Release 1 verified in dev and staging, Release 2
 * verified in dev.
 */
export async function seed(knex: Knex, now: Date): Promise<void> {
  await replaceServices(knex, [ORDERS], now);
  await saveSourceState(knex, {
    source: 'kubernetes',
    id: 'local',
    state: 'live',
    seenAt: now.toISOString(),
  });
  for (const number of [1, 2]) {
    await insertRelease(
      knex,
      toRelease({ record: recordOf(number), evidence: {} }),
      now,
    );
  }
  await verified(knex, { environment: 'dev', release: 1, hoursAgo: 3, now });
  await verified(knex, {
    environment: 'staging',
    release: 1,
    hoursAgo: 2,
    now,
  });
  await verified(knex, { environment: 'dev', release: 2, hoursAgo: 1, now });
}

async function verified(
  knex: Knex,
  given: { environment: string; release: number; hoursAgo: number; now: Date },
): Promise<void> {
  const { environment, hoursAgo, now, release } = given;
  const time = now.getTime() - hoursAgo * 3_600_000;
  const at = new Date(time).toISOString();
  const lane = { service: ORDERS.entityRef, environment };
  const releaseId = `${ORDERS.entityRef}@${release}`;
  await saveDeployment(knex, {
    ...lane,
    id: ulid(time),
    releaseId,
    releaseNumber: release,
    promotionId: ulid(time),
    promotionNumber: release,
    kind: 'forward',
    approvedBy: [],
    reason: 'Before the tests began',
    startedAt: at,
    endedAt: at,
    verifiedAt: at,
    outcome: 'verified',
  });
  await saveOccupancy(knex, lane, { releaseId, since: at });
}
