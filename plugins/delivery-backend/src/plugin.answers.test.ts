// SPDX-License-Identifier: Apache-2.0
import { ORDERS_REF, type StartedPlugin } from './__testUtils__/pluginSteps';
import { startPlugin } from './__testUtils__/startPlugin';

jest.setTimeout(60_000);

let plugin: StartedPlugin | undefined;
afterEach(async () => {
  await plugin?.stop();
  plugin = undefined;
});

async function start(options?: Parameters<typeof startPlugin>[0]) {
  plugin = await startPlugin(options);
  return plugin;
}

describe('the delivery plugin for those who ask wrongly', () => {
  it.each<[string, object, string]>([
    ['no release', { releaseId: undefined }, 'releaseId: is missing'],
    [
      'an unknown key',
      { environment: 'staging', force: true },
      'force: is not a known key',
    ],
    [
      'a short name',
      { service: 'orders' },
      'service: must be a full entity reference such as component:default/orders',
    ],
    ['an empty reason', { reason: '  ' }, 'reason: must not be empty'],
    [
      'a ticket of nonsense',
      { ticket: '${jndi}' },
      'ticket: must be a ticket id',
    ],
  ])('refuses a request with %s by its path', async (_, change, message) => {
    const delivery = await start();
    const response = await delivery.fetch('/v1/promotions', {
      token: delivery.as('ben').token,
      headers: { 'Idempotency-Key': 'click-1' },
      body: JSON.stringify({
        service: ORDERS_REF,
        environment: 'staging',
        releaseId: `${ORDERS_REF}@1`,
        reason: 'It is time',
        ...change,
      }),
    });
    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toMatchObject({
      error: { name: 'InputError', message: expect.stringContaining(message) },
    });
  });

  it.each<[string, string, { body?: string; status: number; says: string }]>([
    [
      'half a body',
      '/v1/promotions',
      { body: '{"service":', status: 400, says: 'the body: must be JSON' },
    ],
    [
      'a huge body',
      '/v1/promotions',
      {
        body: JSON.stringify({ reason: 'x'.repeat(110_000) }),
        status: 400,
        says: 'the body: must be at most 100kb',
      },
    ],
    [
      'an unknown promotion',
      '/v1/promotions/nothing/cancellation',
      {
        body: '{"reason":"Enough"}',
        status: 404,
        says: 'There is no promotion nothing',
      },
    ],
    [
      'an unknown entity',
      '/v1/services/component/default/nothing',
      {
        status: 404,
        says: 'There is no component:default/nothing in the catalog',
      },
    ],
    [
      'a name of nonsense',
      '/v1/services/component/default/or%2Fders',
      {
        status: 400,
        says: 'must be the kind, namespace and name of an entity',
      },
    ],
    [
      'a page of nothing',
      '/v1/services/component/default/orders/history?limit=0',
      { status: 400, says: 'limit: ' },
    ],
    [
      'a cursor of somebody else',
      '/v1/services/component/default/orders/history?cursor=zz',
      { status: 400, says: 'cursor: must be one that an answer gave' },
    ],
    [
      'a difference to nothing',
      '/v1/services/component/default/orders/diff?environment=dev',
      { status: 400, says: 'to: is missing' },
    ],
    [
      'a service on no path',
      '/v1/services/component/default/website/diff?environment=dev&to=x',
      { status: 404, says: 'is not a service on a promotion path' },
    ],
    [
      'another view',
      '/v1/approvals?view=mine',
      { status: 400, says: 'view: must be waiting or asked or decided' },
    ],
  ])('answers %s as documented', async (_, path, { body, says, status }) => {
    const delivery = await start();
    const response = await delivery.fetch(path, {
      token: delivery.as('ben').token,
      body,
    });
    const answer = await response.json();
    expect(answer.error.message).toContain(says);
    expect(response.status).toBe(status);
  });

  it('describes itself to everybody and answers nobody else without credentials', async () => {
    const delivery = await start();
    const response = await delivery.fetch('/openapi.json');
    const description = await response.json();
    expect(description).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/v1/services/{kind}/{namespace}/{name}': {
          get: { 'x-permission': 'delivery.service.read' },
        },
        '/v1/promotions': {
          post: {
            requestBody: {
              content: {
                'application/json': {
                  schema: { required: expect.arrayContaining(['releaseId']) },
                },
              },
            },
          },
        },
      },
    });
    expect((await delivery.fetch('/v1/services')).status).toBe(401);
  });

  it('does not start with a configuration that makes no sense', async () => {
    await expect(
      startPlugin({
        delivery: {
          environments: [{ name: 'dev', tier: 'development' }],
          colour: {},
        },
      }),
    ).rejects.toThrow(/delivery\.colour: is not a known key/);
  });

  it('does not start with a slot that the catalog has nobody for', async () => {
    await expect(
      startPlugin({
        delivery: {
          environments: [
            {
              name: 'dev',
              tier: 'development',
              cluster: 'local',
              namespace: '{service}-dev',
              account: 'local-dev',
              gates: [
                {
                  type: 'approvals',
                  slots: [{ name: 'board', from: 'group:default/board' }],
                },
              ],
            },
          ],
        },
      }),
    ).rejects.toThrow(
      /environments\[0\]\.gates\[0\]\.slots\[0\]\.from: there is no group:default\/board/,
    );
  });
});
