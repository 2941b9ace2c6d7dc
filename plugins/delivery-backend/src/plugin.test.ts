// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import { digestOf } from 'backstage-plugin-delivery-node';
import { releaseRecord } from './__testUtils__/startDelivery';
import { startPlugin } from './__testUtils__/startPlugin';

jest.setTimeout(60_000);

const ORDERS = 'component:default/orders';

type Plugin = Awaited<ReturnType<typeof startPlugin>>;

let plugin: Plugin | undefined;
afterEach(async () => {
  await plugin?.stop();
  plugin = undefined;
});

async function start(options?: Parameters<typeof startPlugin>[0]) {
  plugin = await startPlugin(options);
  return plugin;
}

/** Release 1 is built, deployed to dev, and verified. */
async function inDev(delivery: Plugin, number = 1, digit = 'a') {
  const { api, as, clock, engine } = delivery;
  delivery.build(releaseRecord(number, { digit }));
  await delivery.until(
    () => api.listReleases(ORDERS, {}, as('ben')),
    ({ items }) => items.some(one => one.number === number),
  );
  const running = await delivery.until(
    async () => {
      // The grace for the execution of a webhook goes by.
      clock.advance({ seconds: 20 });
      return api.listPromotions(
        { service: ORDERS, environment: 'dev' },
        as('ben'),
      );
    },
    ({ items }) => items[0]?.phase === 'running',
  );
  const execution = running.items[0].execution;
  engine.succeed(execution?.id ?? '');
  delivery.show('dev', { digit, chart: number });
  await untilPhase(delivery, running.items[0].id, 'succeeded');
}

async function startInDev(options?: Parameters<typeof startPlugin>[0]) {
  const delivery = await start(options);
  await inDev(delivery);
  return delivery;
}

/** What a person asks with after having read the service. */
async function askFor({ api, as }: Plugin, environment: string) {
  const service = await api.getService(ORDERS, as('ben'));
  const door = service.doors.find(({ to }) => to === environment);
  return {
    service: ORDERS,
    environment,
    releaseId: door?.candidate?.id ?? '',
    subject: door?.subject,
    reason: 'It is time',
  };
}

async function untilPhase(
  { api, as, clock, until }: Plugin,
  id: string,
  phase: string,
) {
  return until(
    async () => {
      clock.advance({ seconds: 3 });
      return api.getPromotion(id, as('ben'));
    },
    promotion => promotion.phase === phase,
  );
}

async function claim(
  delivery: Plugin,
  executionId: string,
  promotionId: string | undefined,
): Promise<unknown> {
  const response = await delivery.fetch('/v1/claims', {
    token: mockCredentials.service.token(),
    body: JSON.stringify({ executionId, promotionId }),
  });
  return response.json();
}

describe('with a release in dev', () => {
  let shared: Plugin;

  beforeAll(async () => {
    shared = await startPlugin({
      policy: ({ permission, user }) =>
        permission.name === 'delivery.service.read' || !user.includes('mina'),
    });
    await inDev(shared);
  });

  afterAll(async () => {
    await shared.stop();
  });

  it('shows a new release in dev, and the door into staging', async () => {
    const { api, as, ...delivery } = shared;
    const service = await api.getService(ORDERS, as('ben'));
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
    const service = await api.getService(ORDERS, as('mina'));
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
          service: ORDERS,
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
    builds.buildsOf.set(ORDERS, [
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
        api.listBuilds(ORDERS, {}, as(name)),
      ),
    );
    expect(page.items).toMatchObject([
      { number: 7, state: 'running' },
      { number: 1, releaseNumber: 1 },
    ]);
    expect(ask).toHaveBeenCalledTimes(1);
    builds.down = new Error('Jenkins is away');
    await expect(
      api.listBuilds(ORDERS, { limit: 5 }, as('ben')),
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

describe('the delivery plugin', () => {
  it('takes a release through staging as people do', async () => {
    const delivery = await startInDev();
    const { api, as, engine } = delivery;
    const request = await askFor(delivery, 'staging');
    const promotion = await api.createPromotion(
      { ...request, idempotencyKey: 'click-1' },
      as('ben'),
    );
    expect(promotion).toMatchObject({ phase: 'waiting', number: 2 });
    await expect(
      api.createPromotion({ ...request, idempotencyKey: 'click-1' }, as('ben')),
    ).resolves.toMatchObject({ id: promotion.id });

    const waiting = await api.listApprovals({ view: 'waiting' }, as('anna'));
    expect(waiting.items).toMatchObject([
      {
        id: promotion.id,
        title: 'orders',
        from: 'dev',
        release: { number: 1 },
        waitsForMe: true,
        mayApprove: { allowed: true },
      },
    ]);
    await expect(
      api.listApprovals({ view: 'waiting' }, as('ben')),
    ).resolves.toEqual({ items: [] });
    const asked = await api.listApprovals({ view: 'asked' }, as('ben'));
    expect(asked.items).toMatchObject([
      {
        waitsForMe: false,
        mayApprove: {
          allowed: false,
          reason: 'Your approval does not count: you asked for it.',
          who: ['user:default/anna'],
        },
      },
    ]);
    const body = {
      verdict: 'approve' as const,
      subject: waiting.items[0].currentSubject,
    };
    await expect(
      api.decide(promotion.id, body, as('ben')),
    ).rejects.toMatchObject({ statusCode: 403 });
    const approved = await api.decide(
      promotion.id,
      { ...body, reason: 'Looks good' },
      as('anna'),
    );
    expect(approved.approvals).toMatchObject([{ by: 'user:default/anna' }]);

    const running = await delivery.until(
      () => api.getPromotion(promotion.id, as('ben')),
      ({ phase }) => phase === 'running',
    );
    const executionId = running.execution?.id ?? '';
    await expect(claim(delivery, executionId, promotion.id)).resolves.toEqual({
      status: 'ADMITTED',
      progress: expect.any(String),
      links: { status: `${delivery.base}/v1/claims/${executionId}` },
    });
    engine.succeed(executionId);
    delivery.show('staging', { digit: 'a', chart: 1 });
    const done = await untilPhase(delivery, promotion.id, 'succeeded');
    expect(done.phases?.map(({ phase }) => phase)).toEqual([
      'waiting',
      'starting',
      'running',
      'verifying',
      'succeeded',
    ]);
    expect(done).toMatchObject({
      decision: { outcome: 'proceed' },
      deployment: { outcome: 'verified', approvedBy: ['user:default/anna'] },
      mayCancel: { allowed: false, reason: 'It has ended.' },
    });
    const history = await api.listHistory(ORDERS, {}, as('ben'));
    expect(history.items.map(({ kind }) => kind)).toEqual([
      'verified',
      'started',
      'approved',
      'requested',
      'verified',
      'started',
      'requested',
      'release',
    ]);
    expect(history.items[2]).toMatchObject({
      by: 'user:default/anna',
      environment: 'staging',
      releaseNumber: 1,
      promotionNumber: 2,
      summary: 'approved Release 1 for staging',
      reason: 'Looks good',
    });
    const decided = await api.listApprovals({ view: 'decided' }, as('anna'));
    expect(decided.items).toMatchObject([{ id: promotion.id }]);
    const releases = await api.listReleases(ORDERS, {}, as('ben'));
    expect(releases.items[0].environments).toMatchObject([
      { name: 'staging', outcome: 'verified' },
      { name: 'dev', outcome: 'verified' },
    ]);
    const promotions = await api.listPromotions({ limit: 1 }, as('ben'));
    expect(promotions.items).toMatchObject([{ number: 2 }]);
    await expect(
      api.listPromotions({ cursor: promotions.nextCursor }, as('ben')),
    ).resolves.toMatchObject({ items: [{ number: 1 }] });
  });

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
        service: ORDERS,
        environment: 'staging',
        releaseId: `${ORDERS}@1`,
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

  it('shows nothing of a service that a person may not see', async () => {
    const delivery = await start({
      policy: ({ permission }) => permission.name !== 'delivery.service.read',
    });
    const { api, as } = delivery;
    await expect(api.getService(ORDERS, as('ben'))).rejects.toMatchObject({
      statusCode: 403,
    });
    await expect(api.listServices({}, as('ben'))).resolves.toEqual({
      items: [],
    });
    await expect(api.listPromotions({}, as('ben'))).resolves.toEqual({
      items: [],
    });
  });

  it('answers claims of services only', async () => {
    const delivery = await start();
    const ask = (token?: string) =>
      delivery.fetch('/v1/claims', {
        token,
        body: JSON.stringify({ executionId: 'execution-9', promotionId: null }),
      });
    expect((await ask()).status).toBe(401);
    expect((await ask(delivery.as('ben').token)).status).toBe(403);
    await expect(
      claim(delivery, 'execution-9', undefined),
    ).resolves.toMatchObject({ status: 'REFUSED' });
    const cancelled = await delivery.fetch('/v1/claims/cancel', {
      token: mockCredentials.service.token(),
      body: JSON.stringify({ executionId: 'execution-10' }),
    });
    expect(cancelled.status).toBe(204);
  });

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
      () => api.getService(ORDERS, as('ben')),
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
      { service: ORDERS, condition: 'not-seen' },
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
      () => api.listReleases(ORDERS, {}, as('ben')),
      ({ items }) => items.length === 2,
    );
    const diff = await api.getDiff(
      ORDERS,
      { environment: 'dev', to: `${ORDERS}@2` },
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
      api.getDiff(ORDERS, { environment: 'dev', to: `${ORDERS}@2` }, as('ben')),
    ).resolves.toMatchObject({
      values: {
        state: 'unknown',
        reason:
          'values-dev.yaml at 0000000 is not the file that Release 2 was built with.',
      },
    });
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
});
