// SPDX-License-Identifier: Apache-2.0
import {
  insertRelease,
  replaceServices,
  saveDeployment,
  saveObservation,
  saveOccupancy,
  saveSourceState,
} from 'backstage-plugin-delivery-backend/testUtils';
import type { Knex } from 'knex';
import { ulid } from 'ulid';
import { observationOf, releaseOf, serviceOf } from './shop';

const HOUR_MS = 3_600_000;

/** What runs where: Release 3 in dev, 2 in staging and 1 in prod. */
const RUNS = { dev: 3, staging: 2, prod: 1 };

/** More services, up to so many: what was built, what runs, and what came before. */
export async function seed(
  knex: Knex,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const now = new Date();
  await knex.transaction(async tx => {
    await replaceServices(
      tx,
      Array.from({ length: to }, (_, index) => serviceOf(index)),
      now,
    );
    await saveSourceState(tx, {
      source: 'kubernetes',
      id: 'local',
      state: 'live',
      seenAt: now.toISOString(),
    });
    for (let index = from; index < to; index += 1) {
      for (const number of [1, 2, 3]) {
        await insertRelease(tx, releaseOf(index, number), now);
      }
      for (const [environment, newest] of Object.entries(RUNS)) {
        for (let number = 1; number <= newest; number += 1) {
          await verified(tx, {
            index,
            environment,
            number,
            at: now.getTime() - (12 - number) * HOUR_MS,
          });
        }
        await saveObservation(tx, observationOf(index, environment, newest));
      }
    }
  });
  await knex.raw('analyze');
}

async function verified(
  knex: Knex,
  given: { index: number; environment: string; number: number; at: number },
): Promise<void> {
  const { at, environment, index, number } = given;
  const { entityRef } = serviceOf(index);
  const lane = { service: entityRef, environment };
  const releaseId = `${entityRef}@${number}`;
  const time = new Date(at).toISOString();
  await saveDeployment(knex, {
    ...lane,
    id: ulid(at),
    releaseId,
    releaseNumber: number,
    promotionId: ulid(at),
    promotionNumber: number,
    kind: 'forward',
    approvedBy: [],
    reason: 'Before anything was measured',
    startedAt: time,
    endedAt: time,
    verifiedAt: time,
    outcome: 'verified',
  });
  await saveOccupancy(knex, lane, { releaseId, since: time });
}
