// SPDX-License-Identifier: Apache-2.0
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Observation } from 'backstage-plugin-delivery-common';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';
import { ORDERS } from '../__testUtils__/demoConfig';
import { digestLike } from '../__testUtils__/digestLike';
import { listObservations } from '../database/observations';
import { replaceServices } from '../database/services';
import { ObservationKeeper } from './ObservationKeeper';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: DATABASE_IDS });

function seen(given: Partial<Observation> & { ready?: number }): Observation {
  const { health = 'healthy', ready = 2, ...rest } = given;
  return {
    service: ORDERS.entityRef,
    environment: 'dev',
    observedAt: '2026-11-16T09:00:00.000Z',
    health,
    workloads: [
      {
        kind: 'Deployment',
        name: 'orders',
        ready,
        desired: 2,
        health,
        images: [{ name: 'registry.example/orders', digest: digestLike('a') }],
      },
    ],
    ...rest,
  };
}

describe.each(databases.eachSupportedId())('ObservationKeeper on %s', id => {
  async function start() {
    const knex = await databases.init(id);
    await knex.migrate.latest({
      directory: resolvePackagePath(
        'backstage-plugin-delivery-backend',
        'migrations',
      ),
    });
    const hints: string[] = [];
    const seenOtherwise: string[] = [];
    const stored: unknown[] = [];
    knex.on('query', ({ sql, bindings }) => {
      if (/insert into .delivery_observations/.test(sql)) {
        stored.push(bindings);
      }
    });
    const keeper = new ObservationKeeper({
      knex,
      clock: { now: () => new Date('2026-11-16T09:00:01Z') },
      logger: mockServices.logger.mock(),
      hint: service => hints.push(service),
      onSourceChange: services => seenOtherwise.push(...services),
    });
    return { hints, keeper, knex, seenOtherwise, stored };
  }

  it('stores once what says the same many times while others are stored', async () => {
    const { hints, keeper, knex, stored } = await start();
    keeper.onObservation(seen({ environment: 'staging' }));
    for (let ready = 0; ready < 500; ready += 1) {
      keeper.onObservation(seen({ ready }));
    }
    await keeper.settled();
    const [dev] = (await listObservations(knex)).filter(
      one => one.environment === 'dev',
    );
    expect(dev.workloads[0].ready).toBe(499);
    expect(stored).toHaveLength(2);
    expect(hints).toEqual([ORDERS.entityRef]);
  });

  it('stores every change of what runs and how it is, in its order', async () => {
    const { keeper, knex, stored } = await start();
    keeper.onObservation(seen({}));
    keeper.onObservation(seen({ health: 'unhealthy' }));
    keeper.onObservation(seen({ health: 'unhealthy', ready: 1 }));
    keeper.onObservation(seen({}));
    await keeper.settled();
    expect(stored).toHaveLength(3);
    keeper.onObservation(seen({ health: 'progressing' }));
    await keeper.settled();
    expect(stored).toHaveLength(4);
    await expect(listObservations(knex)).resolves.toMatchObject([
      { health: 'progressing' },
    ]);
  });

  it('tells of a source that changed, and of no service that did', async () => {
    const { hints, keeper, knex, seenOtherwise } = await start();
    await replaceServices(knex, [ORDERS], new Date('2026-11-16T09:00:00Z'));
    const local = { source: 'kubernetes', id: 'local' };
    keeper.onSource({ ...local, state: 'live' });
    keeper.onSource({ ...local, state: 'live' });
    await keeper.settled();
    expect(seenOtherwise).toEqual([ORDERS.entityRef]);
    expect(hints).toEqual([]);
  });
});
