// SPDX-License-Identifier: Apache-2.0
import { TestDatabases, mockCredentials } from '@backstage/backend-test-utils';
import {
  ORDERS_REF,
  askFor,
  bringToDev,
  claim,
  untilPhase,
  type StartedPlugin,
} from './__testUtils__/pluginSteps';
import { startPlugin } from './__testUtils__/startPlugin';
import { DATABASE_IDS } from './__testUtils__/databaseIds';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: DATABASE_IDS });

let plugin: StartedPlugin | undefined;
afterEach(async () => {
  await plugin?.stop();
  plugin = undefined;
});

async function start(options?: Parameters<typeof startPlugin>[0]) {
  plugin = await startPlugin(options);
  return plugin;
}

async function startInDev(options?: Parameters<typeof startPlugin>[0]) {
  const delivery = await start(options);
  await bringToDev(delivery);
  return delivery;
}

describe('the delivery plugin for people who promote', () => {
  it.each(databases.eachSupportedId())(
    'takes a release through staging as people do, on %s',
    async id => {
      const delivery = await startInDev({ knex: await databases.init(id) });
      const { api, as, engine } = delivery;
      const request = await askFor(delivery, 'staging');
      const promotion = await api.createPromotion(
        { ...request, idempotencyKey: 'click-1' },
        as('ben'),
      );
      expect(promotion).toMatchObject({ phase: 'waiting', number: 2 });
      await expect(
        api.createPromotion(
          { ...request, idempotencyKey: 'click-1' },
          as('ben'),
        ),
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
      await expect(claim(delivery, executionId, promotion.id)).resolves.toEqual(
        {
          status: 'ADMITTED',
          progress: expect.any(String),
          links: { status: `${delivery.base}/v1/claims/${executionId}` },
        },
      );
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
      const history = await api.listHistory(ORDERS_REF, {}, as('ben'));
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
      const releases = await api.listReleases(ORDERS_REF, {}, as('ben'));
      expect(releases.items[0].environments).toMatchObject([
        { name: 'staging', outcome: 'verified' },
        { name: 'dev', outcome: 'verified' },
      ]);
      const overview = await api.listServices({}, as('ben'));
      expect(overview.items).toMatchObject([
        {
          condition: 'behind',
          environments: [{ release: 1 }, { release: 1, behind: 0 }, {}],
        },
      ]);
      const promotions = await api.listPromotions({ limit: 1 }, as('ben'));
      expect(promotions.items).toMatchObject([{ number: 2 }]);
      await expect(
        api.listPromotions({ cursor: promotions.nextCursor }, as('ben')),
      ).resolves.toMatchObject({ items: [{ number: 1 }] });
    },
  );

  it('shows nothing of a service that a person may not see', async () => {
    const delivery = await start({
      policy: ({ permission }) => permission.name !== 'delivery.service.read',
    });
    const { api, as } = delivery;
    await expect(api.getService(ORDERS_REF, as('ben'))).rejects.toMatchObject({
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
});
