// SPDX-License-Identifier: Apache-2.0
import knexFactory from 'knex';
import { ORDERS_REF, type StartedPlugin } from './__testUtils__/pluginSteps';
import { startPlugin } from './__testUtils__/startPlugin';
import { deliveryRootHealthServiceFactory } from './readiness/deliveryRootHealthServiceFactory';

jest.setTimeout(60_000);

const READINESS = '/.backstage/health/v1/readiness';

let plugin: StartedPlugin | undefined;
afterEach(async () => {
  await plugin?.stop();
  plugin = undefined;
});

async function start(options?: Parameters<typeof startPlugin>[0]) {
  plugin = await startPlugin(options);
  return plugin;
}

async function askReadiness({ root }: StartedPlugin) {
  const response = await fetch(`${root}${READINESS}`);
  return { status: response.status, body: await response.text() };
}

describe('the health of a service', () => {
  it('names what cannot be reached, since when and why, and is ok again after', async () => {
    const { api, as, clock, observer, until } = await start();
    const ask = () => api.getHealth(ORDERS_REF, as('ben'));
    observer.tell({
      source: 'kubernetes',
      id: 'local',
      state: 'stale',
      since: clock.now().toISOString(),
      reason: 'connection refused',
    });
    const { findings } = await until(ask, ({ findings: found }) =>
      found.some(({ subject }) => subject === 'kubernetes/local'),
    );
    expect(findings).toContainEqual({
      severity: 'error',
      subject: 'kubernetes/local',
      detail: expect.stringMatching(
        /^local cannot be reached since .*: connection refused\.$/,
      ),
    });
    observer.tell({ source: 'kubernetes', id: 'local', state: 'live' });
    await until(ask, ({ findings: found }) =>
      found.every(({ subject }) => subject !== 'kubernetes/local'),
    );
  });

  it('says of a service that is not wired what to add, and of a wired one not', async () => {
    const { api, as, until } = await start();
    const website = await until(
      () => api.getHealth('component:default/website', as('ben')),
      ({ state }) => state === 'incomplete',
    );
    expect(website.findings).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        subject: 'jenkins',
        fix: expect.stringContaining('jenkins.io/job-full-name'),
      }),
    );
    const orders = await api.getHealth(ORDERS_REF, as('ben'));
    expect(JSON.stringify(orders.findings)).not.toContain(
      'jenkins.io/job-full-name',
    );
  });

  it('is told only to who may see the service', async () => {
    const { api, as } = await start({
      policy: ({ permission }) => permission.name !== 'delivery.service.read',
    });
    await expect(api.getHealth(ORDERS_REF, as('ben'))).rejects.toMatchObject({
      statusCode: 403,
    });
  });
});

describe('the readiness of a replica', () => {
  it('is there with the last known state, whatever clusters say, and gone with the database', async () => {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    const delivery = await start({
      knex,
      features: [deliveryRootHealthServiceFactory],
    });
    const { clock, observer, until } = delivery;
    const ready = { status: 200, body: '{"status":"ok"}' };
    await expect(askReadiness(delivery)).resolves.toEqual(ready);
    observer.tell({
      source: 'kubernetes',
      id: 'local',
      state: 'stale',
      since: clock.now().toISOString(),
      reason: 'gone',
    });
    await expect(askReadiness(delivery)).resolves.toEqual(ready);
    await knex.destroy();
    const { body } = await until(
      () => askReadiness(delivery),
      ({ status }) => status === 503,
    );
    expect(JSON.parse(body)).toEqual({
      status: 'error',
      message: 'The database of delivery does not answer',
    });
    const { status } = await fetch(
      `${delivery.root}/.backstage/health/v1/liveness`,
    );
    expect(status).toBe(200);
  });
});
