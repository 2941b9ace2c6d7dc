// SPDX-License-Identifier: Apache-2.0
import knexFactory, { type Knex } from 'knex';
import { startPlugin } from './__testUtils__/startPlugin';
import { releaseRecord } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const ORDERS = 'component:default/orders';

describe('two replicas of the plugin', () => {
  let knex: Knex;
  let one: Awaited<ReturnType<typeof startPlugin>>;
  let other: Awaited<ReturnType<typeof startPlugin>>;

  beforeEach(async () => {
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    one = await startPlugin({ knex });
    other = await startPlugin({ knex });
  });

  afterEach(async () => {
    await one.stop();
    await other.stop();
    await knex.destroy();
  });

  it('shows within two seconds on one what happened on the other', async () => {
    one.build(releaseRecord(44, { digit: '4' }));
    await one.until(
      () => one.api.getService(ORDERS, one.as('ben')),
      ({ newest }) => newest?.number === 44,
    );
    one.show('dev', { digit: '4', chart: 44 });
    const shown = (
      answer: Awaited<ReturnType<typeof one.api.getService>>,
      ready: number,
    ) =>
      answer.environments[0].workloads.some(
        workload => workload.ready === ready,
      );
    await other.until(
      () => other.api.getService(ORDERS, other.as('anna')),
      answer => shown(answer, 2),
    );

    one.observer.show({
      service: ORDERS,
      environment: 'dev',
      observedAt: one.clock.now().toISOString(),
      health: 'progressing',
      workloads: [
        {
          kind: 'Deployment',
          name: 'orders',
          ready: 1,
          desired: 2,
          images: [],
          health: 'progressing',
        },
      ],
    });
    const began = Date.now();
    await other.until(
      () => other.api.getService(ORDERS, other.as('anna')),
      answer => shown(answer, 1),
    );
    expect(Date.now() - began).toBeLessThan(2_500);
    await other.until(
      () => other.api.listServices({}, other.as('anna')),
      ({ items }) => items[0].environments[0].health === 'progressing',
    );
  });

  it('answers the same page with the same bytes, and an unchanged one without any', async () => {
    const path = '/v1/services/component/default/orders';
    one.build(releaseRecord(44, { digit: '4' }));
    await one.until(
      () => one.api.getService(ORDERS, one.as('ben')),
      ({ newest }) => newest?.number === 44,
    );
    const { token } = one.as('ben');
    const first = await one.fetch(path, { token });
    const tag = first.headers.get('etag') ?? '';
    const again = await one.fetch(path, {
      token,
      headers: { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
    await expect(again.text()).resolves.toBe('');
  });
});
