// SPDX-License-Identifier: Apache-2.0
import { digestOf } from 'backstage-plugin-delivery-node';
import {
  ORDERS_REF,
  askFor,
  bringToDev,
  type StartedPlugin,
} from './__testUtils__/pluginSteps';
import { releaseRecord } from './__testUtils__/startDelivery';
import { startPlugin } from './__testUtils__/startPlugin';

jest.setTimeout(60_000);

describe('with a release in dev', () => {
  let shared: StartedPlugin;

  beforeAll(async () => {
    shared = await startPlugin({
      policy: ({ permission, user }) =>
        permission.name === 'delivery.service.read' || !user.includes('mina'),
    });
    await bringToDev(shared);
  });

  afterAll(async () => {
    await shared.stop();
  });

  it('shows a new release in dev, and the door into staging', async () => {
    const { api, as, ...delivery } = shared;
    const service = await api.getService(ORDERS_REF, as('ben'));
    expect(service).toMatchObject({
      setup: 'complete',
      title: 'orders',
      newest: { number: 1 },
    });
    const [dev, staging] = service.environments;
    expect(dev).toMatchObject({
      health: 'healthy',
      namespace: 'orders-dev',
      observation: { state: 'live' },
      release: { number: 1 },
      deployment: { releaseNumber: 1, kind: 'automatic' },
    });
    expect(staging).toMatchObject({
      health: 'unknown',
      behind: { count: 1, than: 'dev' },
    });
    expect(service.doors[0]).toMatchObject({
      from: 'dev',
      to: 'staging',
      candidate: { number: 1 },
      alreadyThere: false,
      decision: { outcome: 'wait' },
      may: { allowed: true },
      ships: { releases: 1, commitCount: 1 },
      subject: expect.stringMatching(/^sha256:/),
    });
    expect(delivery.observer.targets?.current()).toHaveLength(3);
  });

  it('tells what is no longer so, with the fingerprint of now', async () => {
    const delivery = shared;
    const { api, as } = delivery;
    const request = await askFor(delivery, 'staging');
    const stale = {
      ...request,
      subject: `sha256:${'0'.repeat(64)}`,
      idempotencyKey: 'click-1',
    };
    await expect(api.createPromotion(stale, as('ben'))).rejects.toMatchObject({
      statusCode: 409,
      body: { error: { currentSubject: request.subject } },
    });
    await expect(
      api.listPromotions({ environment: 'staging' }, as('ben')),
    ).resolves.toEqual({ items: [] });
  });

  it('wants a key for each thing that is asked for', async () => {
    const delivery = shared;
    const response = await delivery.fetch('/v1/promotions', {
      token: delivery.as('ben').token,
      body: JSON.stringify(await askFor(delivery, 'staging')),
    });
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).toBe(
      'idempotency-key: is missing',
    );
  });

  it('lets a reader read, explains why no more, and writes the refusal down', async () => {
    const delivery = shared;
    const { api, as, auditEvent, auditor } = delivery;
    const service = await api.getService(ORDERS_REF, as('mina'));
    const refusal = {
      allowed: false,
      reason: 'You may not promote to staging. Members of team-orders may.',
      who: ['group:default/team-orders'],
    };
    expect(service.doors[0].may).toEqual(refusal);
    expect(service.environments[1].rollback.may).toEqual(refusal);
    const request = await askFor(delivery, 'staging');
    await expect(
      api.createPromotion(
        { ...request, idempotencyKey: 'click-1' },
        as('mina'),
      ),
    ).rejects.toMatchObject({
      statusCode: 403,
      body: { error: { name: 'NotAllowedError', message: refusal.reason } },
    });
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'promotion-request',
        severityLevel: 'medium',
        meta: expect.objectContaining({
          environment: 'staging',
          by: 'user:default/mina',
        }),
      }),
    );
    expect(auditEvent.fail).toHaveBeenCalledWith({
      error: expect.objectContaining({ name: 'NotAllowedError' }),
    });
    expect(delivery.engine.starts).toHaveLength(1);
  });

  it('sums all services up, worst first', async () => {
    const { api, as } = shared;
    await expect(
      api.listServices({ filter: 'shop ORD' }, as('ben')),
    ).resolves.toMatchObject({
      items: [
        {
          service: ORDERS_REF,
          owner: 'group:default/team-orders',
          system: 'shop',
          condition: 'behind',
          environments: [
            { name: 'dev', health: 'healthy', release: 1, stale: false },
            { name: 'staging', health: 'unknown', behind: 1 },
            { name: 'prod', health: 'unknown' },
          ],
        },
      ],
    });
    await expect(
      api.listServices({ filter: 'billing' }, as('ben')),
    ).resolves.toEqual({ items: [] });
    await expect(
      api.listServices({ condition: 'unhealthy' }, as('ben')),
    ).resolves.toEqual({ items: [] });
  });

  it('lists builds with the release they made, once for many viewers', async () => {
    const delivery = shared;
    const { api, as, builds } = delivery;
    builds.buildsOf.set(ORDERS_REF, [
      {
        job: 'orders/image',
        number: 7,
        state: 'running',
        startedAt: '2026-11-16T09:01:00.000Z',
      },
      {
        job: 'orders/chart',
        number: 1,
        state: 'succeeded',
        startedAt: '2026-11-16T08:58:00.000Z',
      },
    ]);
    const ask = jest.spyOn(builds, 'builds');
    const [page] = await Promise.all(
      ['anna', 'ben', 'chidi'].map(name =>
        api.listBuilds(ORDERS_REF, {}, as(name)),
      ),
    );
    expect(page.items).toMatchObject([
      { number: 7, state: 'running' },
      { number: 1, releaseNumber: 1 },
    ]);
    expect(ask).toHaveBeenCalledTimes(1);
    builds.down = new Error('Jenkins is away');
    await expect(
      api.listBuilds(ORDERS_REF, { limit: 5 }, as('ben')),
    ).rejects.toMatchObject({ statusCode: 503 });
  });

  it('says not modified while nothing changed', async () => {
    const delivery = shared;
    const path = '/v1/services/component/default/orders';
    const { token } = delivery.as('ben');
    const first = await delivery.fetch(path, { token });
    const again = await delivery.fetch(path, {
      token,
      headers: {
        'If-None-Match': first.headers.get('etag') ?? '',
        // Node's fetch would ask for a fresh answer otherwise.
        'Cache-Control': 'max-age=0',
      },
    });
    expect(again.status).toBe(304);
  });
});

let plugin: StartedPlugin | undefined;
afterEach(async () => {
  await plugin?.stop();
  plugin = undefined;
});

async function start(options?: Parameters<typeof startPlugin>[0]) {
  plugin = await startPlugin(options);
  return plugin;
}

async function startInDev() {
  const delivery = await start();
  await bringToDev(delivery);
  return delivery;
}

describe('the delivery plugin for those who look', () => {
  it('lists what is missing for a service that is on no path yet', async () => {
    const { api, as } = await start();
    const service = await api.getService(
      'component:default/website',
      as('ben'),
    );
    expect(service.setup).toBe('incomplete');
    expect(service.environments.map(({ name }) => name)).toEqual([
      'dev',
      'staging',
      'prod',
    ]);
    expect(service.findings).toMatchObject([
      {
        id: 'jenkins',
        state: 'missing',
        annotation: { key: 'jenkins.io/job-full-name', value: 'website' },
      },
      { id: 'spinnaker', state: 'missing' },
      { id: 'kubernetes', state: 'missing' },
      { id: 'chart', state: 'unknown' },
      { id: 'owner', state: 'found' },
    ]);
  });

  it('keeps what it saw when the cluster goes silent, and says since when', async () => {
    const delivery = await startInDev();
    const { api, as, clock, observer } = delivery;
    observer.tell({
      source: 'kubernetes',
      id: 'local',
      state: 'stale',
      since: clock.now().toISOString(),
      reason: 'connection refused',
    });
    const service = await delivery.until(
      () => api.getService(ORDERS_REF, as('ben')),
      ({ environments }) => environments[0].observation.state === 'stale',
    );
    expect(service.environments[0]).toMatchObject({
      health: 'healthy',
      release: { number: 1 },
      observation: {
        state: 'stale',
        observedAt: expect.any(String),
        since: expect.any(String),
        reason: 'connection refused',
      },
    });
    expect(service.sources).toContainEqual(
      expect.objectContaining({ source: 'kubernetes', state: 'stale' }),
    );
    expect(service.doors[0].decision).toMatchObject({ outcome: 'wait' });
    const overview = await api.listServices({}, as('ben'));
    expect(overview.items).toMatchObject([
      { service: ORDERS_REF, condition: 'not-seen' },
    ]);
  });

  it('compares the values of two releases', async () => {
    const delivery = await startInDev();
    const { api, as } = delivery;
    const second = releaseRecord(2, { digit: 'b' });
    const text = 'replicaCount: 3\nimage: b\n';
    second.values.files.dev = digestOf(new TextEncoder().encode(text));
    delivery.files.set(
      `https://github.com/northwind/orders-chart/blob/${second.values.commit}/values-dev.yaml`,
      text,
    );
    delivery.build(second);
    await delivery.until(
      () => api.listReleases(ORDERS_REF, {}, as('ben')),
      ({ items }) => items.length === 2,
    );
    const diff = await api.getDiff(
      ORDERS_REF,
      { environment: 'dev', to: `${ORDERS_REF}@2` },
      as('ben'),
    );
    expect(diff).toMatchObject({
      from: { number: 1 },
      to: { number: 2 },
      commits: [{ title: 'Change 2' }],
      values: {
        state: 'known',
        file: 'values-dev.yaml',
        added: 2,
        removed: 1,
        lines: [
          { kind: 'hunk', text: '@@ -1,1 +1,2 @@' },
          { kind: 'removed', text: 'replicaCount: 2', before: 1 },
          { kind: 'added', text: 'replicaCount: 3', after: 1 },
          { kind: 'added', text: 'image: b', after: 2 },
        ],
      },
    });
    delivery.files.clear();
    await expect(
      api.getDiff(
        ORDERS_REF,
        { environment: 'dev', to: `${ORDERS_REF}@2` },
        as('ben'),
      ),
    ).resolves.toMatchObject({
      values: {
        state: 'unknown',
        reason:
          'values-dev.yaml at 0000000 is not the file that Release 2 was built with.',
      },
    });
  });
});
