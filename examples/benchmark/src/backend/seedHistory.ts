// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  insertRelease,
  saveDeployment,
  saveOccupancy,
  toRelease,
} from 'backstage-plugin-delivery-backend/testUtils';
import knexFactory from 'knex';
import { ulid } from 'ulid';
import {
  digestOfRelease,
  ENVIRONMENTS,
  releaseIn,
  serviceName,
  type WorldSize,
} from '../world/World';

const NEWEST = 45;
const RELEASES = 6;
const HOUR_MS = 3_600_000;

/** Gives every Service some Releases and Deployments, as if it had been delivered for a while. */
export async function seedHistory(options: {
  size: WorldSize;
  folder: string;
  now: Date;
}): Promise<void> {
  const { folder, now, size } = options;
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'delivery.sqlite') },
    useNullAsDefault: true,
  });
  try {
    await knex.migrate.latest({
      directory: resolvePackagePath(
        'backstage-plugin-delivery-backend',
        'migrations',
      ),
    });
    let number = 0;
    await knex.transaction(async db => {
      for (let index = 0; index < size.services; index += 1) {
        const service = `component:default/${serviceName(index)}`;
        for (let back = RELEASES - 1; back >= 0; back -= 1) {
          await insertRelease(
            db,
            aRelease(
              serviceName(index),
              NEWEST - back,
              ago(now, 10 * (back + 1)),
            ),
            now,
          );
        }
        for (const { name } of ENVIRONMENTS) {
          const here = releaseIn(name);
          for (const release of [here - 2, here - 1, here]) {
            number += 1;
            const at = ago(now, 9 * (NEWEST - release) + 1);
            await saveDeployment(db, {
              id: ulid(),
              service,
              environment: name,
              releaseId: `${service}@${release}`,
              releaseNumber: release,
              promotionId: ulid(),
              promotionNumber: number,
              kind: 'forward',
              by: 'user:default/person-1',
              approvedBy: ['user:default/person-2'],
              reason: 'It is time',
              startedAt: at,
              endedAt: at,
              verifiedAt: at,
              outcome: 'verified',
            });
          }
          await saveOccupancy(
            db,
            { service, environment: name },
            { releaseId: `${service}@${here}`, since: ago(now, 5) },
          );
        }
      }
    });
  } finally {
    await knex.destroy();
  }
}

function ago(now: Date, hours: number): string {
  return new Date(now.getTime() - hours * HOUR_MS).toISOString();
}

function aRelease(service: string, number: number, builtAt: string) {
  const commit = String(number).padStart(40, 'c0ffee');
  const file = digestOfRelease(service, number);
  return toRelease({
    record: {
      schema: 'delivery.release/v1',
      service: `component:default/${service}`,
      number,
      chart: {
        name: service,
        version: `3.8.${number}`,
        digest: file,
        repository: 'https://charts.example',
      },
      values: {
        repository: `https://git.example/${service}-chart`,
        commit,
        files: { dev: file, staging: file, prod: file },
      },
      images: [
        {
          name: `registry.example/team/${service}`,
          tag: `1.0.${number}`,
          digest: digestOfRelease(service, number),
        },
      ],
      change: {
        kind: 'source',
        commits: [
          {
            id: commit,
            title: `Answer ${number} more questions`,
            author: { name: 'Ben', email: 'ben@example.com' },
          },
        ],
      },
      build: { job: `${service}/chart`, number },
      builtAt,
    },
    evidence: {
      unitTests: { passed: 128, failed: 0, skipped: 2 },
      scan: { critical: 0, high: 1, medium: 3, low: 9 },
    },
  });
}
