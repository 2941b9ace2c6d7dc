// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';
import { CONFIG, ORDERS, startDelivery } from '../__testUtils__/startDelivery';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import { listDeployments } from '../database/deployments';
import { listOverrides } from '../database/overrides';
import { NotMarkedBadGate } from '../gates/NotMarkedBadGate';
import { NoOpenReviewGate } from '../gates/NoOpenReviewGate';
import { UpstreamGate } from '../gates/UpstreamGate';
import { loadServiceFacts } from '../services/loadServiceFacts';
import { buildEnvironment } from '../view/buildEnvironment';

const databases = TestDatabases.create({ ids: DATABASE_IDS });

jest.setTimeout(60_000);

const STRICT: DeliveryConfig = {
  ...CONFIG,
  policies: [
    {
      name: 'company',
      match: { environments: ['staging'] },
      gates: [
        {
          id: 'company/noOpenReview',
          key: 'company/noOpenReview',
          gate: NoOpenReviewGate,
          config: { type: 'noOpenReview' },
          written: { type: 'noOpenReview' },
          appliesTo: ['forward'],
          mode: 'enforce',
          onUnknown: 'wait',
          overridable: false,
          policy: 'company',
        },
        {
          id: 'company/notMarkedBad',
          key: 'company/notMarkedBad',
          gate: NotMarkedBadGate,
          config: { type: 'notMarkedBad' },
          written: { type: 'notMarkedBad' },
          appliesTo: ['forward', 'rollback'],
          mode: 'enforce',
          onUnknown: 'wait',
          overridable: true,
          policy: 'company',
        },
        {
          id: 'company/watched',
          key: 'company/watched',
          gate: UpstreamGate,
          config: { type: 'upstream' },
          written: { type: 'upstream' },
          appliesTo: ['forward'],
          mode: 'audit',
          onUnknown: 'wait',
          overridable: true,
          policy: 'company',
        },
      ],
    },
  ],
};

describe.each(databases.eachSupportedId())('break glass on %p', id => {
  async function start() {
    const delivery = await startDelivery({
      knex: await databases.init(id),
      config: STRICT,
    });
    await delivery.toDev(1, 'a');
    return delivery;
  }

  const REASON = 'Customers cannot pay';

  it('lets only the named gates pass, shows who did it, and asks for a review', async () => {
    const delivery = await start();
    const promotion = await delivery.ask('ben', 1, 'staging');
    await delivery.promotions.override(
      promotion.id,
      {
        gates: ['approvals'],
        subject: promotion.subject,
        reason: REASON,
        reviewWithin: 24,
      },
      delivery.as('lee'),
    );
    await delivery.settle();
    const running = await delivery.get(promotion.id);
    expect(running.phase).toBe('running');
    expect(running.admitted?.verdicts).toContainEqual(
      expect.objectContaining({
        gate: 'approvals',
        status: 'wait',
        overriddenBy: 'user:default/lee',
      }),
    );
    await delivery.carryOut(promotion.id, { digit: 'a', chart: 1 });
    expect((await delivery.get(promotion.id)).phase).toBe('succeeded');
    // It stays with the Deployment for good.
    const [override] = await listOverrides(delivery.knex, {
      promotionIds: [promotion.id],
    });
    expect(
      await listDeployments(delivery.knex, { environment: 'staging' }),
    ).toMatchObject([{ outcome: 'verified', overrides: [override.id] }]);
    const [path] = STRICT.paths.values();
    const facts = await loadServiceFacts(delivery, { service: ORDERS, path });
    expect(
      buildEnvironment(facts, 'staging', { mayRollBack: { allowed: true } })
        .deployment,
    ).toMatchObject({
      overrides: [{ by: 'user:default/lee', gates: ['approvals'] }],
    });
  });

  it('keeps the next promotion out while the review is overdue, until somebody else closes it', async () => {
    const delivery = await start();
    const first = await delivery.ask('ben', 1, 'staging');
    await delivery.promotions.override(
      first.id,
      {
        gates: ['approvals'],
        subject: first.subject,
        reason: REASON,
        reviewWithin: 24,
      },
      delivery.as('lee'),
    );
    await delivery.settle();
    await delivery.carryOut(first.id, { digit: 'a', chart: 1 });
    await delivery.pass({ hours: 25 });
    await delivery.toDev(2, 'b');
    const second = await delivery.ask('ben', 2, 'staging');
    await delivery.approve('anna', second.id);
    expect(await delivery.get(second.id)).toMatchObject({
      phase: 'waiting',
      phaseReason: expect.stringContaining('lee overrode approvals'),
    });
    await expect(
      delivery.promotions.override(
        second.id,
        {
          gates: ['company/noOpenReview'],
          subject: (await delivery.get(second.id)).subject,
          reason: REASON,
          reviewWithin: 24,
        },
        delivery.as('lee'),
      ),
    ).rejects.toThrow('"Reviews" can never be overridden');
    const [open] = await listOverrides(delivery.knex, {
      service: ORDERS.entityRef,
      open: true,
    });
    await expect(
      delivery.promotions.review(
        open.id,
        { note: 'It was right' },
        delivery.as('lee'),
      ),
    ).rejects.toThrow('somebody else must review it');
    await delivery.promotions.review(
      open.id,
      { note: 'It was right' },
      delivery.as('chidi'),
    );
    await delivery.settle();
    expect((await delivery.get(second.id)).phase).toBe('running');
  });

  it('refuses gates that are not there, that never stood in the way, or that stand for good', async () => {
    const delivery = await start();
    const promotion = await delivery.ask('ben', 1, 'staging');
    const override = (gate: string) =>
      delivery.promotions.override(
        promotion.id,
        {
          gates: [gate],
          subject: promotion.subject,
          reason: REASON,
          reviewWithin: 24,
        },
        delivery.as('lee'),
      );
    await expect(override('soak')).rejects.toThrow(
      'there is no gate "soak" here',
    );
    await expect(override('upstream')).rejects.toThrow(
      'does not stand in the way',
    );
    await expect(override('seen')).rejects.toThrow('can never be overridden');
    expect(await listOverrides(delivery.knex, {})).toEqual([]);
  });

  it('counts for nothing else than what was seen', async () => {
    const delivery = await start();
    const promotion = await delivery.ask('ben', 1, 'staging');
    await delivery.tell('stale');
    await delivery.promotions.override(
      promotion.id,
      {
        gates: ['approvals'],
        subject: promotion.subject,
        reason: REASON,
        reviewWithin: 24,
      },
      delivery.as('lee'),
    );
    await delivery.show('staging', { digit: 'f', chart: 9 });
    await delivery.tell('live');
    expect(await delivery.get(promotion.id)).toMatchObject({
      phase: 'waiting',
      phaseReason: expect.stringContaining('Approvals: 0 of 1 given'),
    });
  });

  it('does not count an approval that was taken back, or that is a day old', async () => {
    const delivery = await start();
    const promotion = await delivery.ask('ben', 1, 'staging');
    await delivery.tell('stale');
    await delivery.approve('anna', promotion.id);
    await delivery.promotions.decide(
      promotion.id,
      { verdict: 'withdraw' },
      delivery.as('anna'),
    );
    await expect(
      delivery.promotions.decide(
        promotion.id,
        { verdict: 'withdraw' },
        delivery.as('anna'),
      ),
    ).rejects.toThrow('nothing to take back');
    await delivery.tell('live');
    expect((await delivery.get(promotion.id)).phase).toBe('waiting');
    await delivery.approve('anna', promotion.id);
    expect((await delivery.get(promotion.id)).phase).toBe('running');
  });

  it('keeps everything but a rollback out of a pinned environment', async () => {
    const delivery = await start();
    await delivery.toStaging(1, 'a');
    await delivery.toDev(2, 'b');
    await delivery.toStaging(2, 'b');
    await delivery.promotions.hold(
      { service: ORDERS.entityRef, environment: 'staging' },
      { scope: 'all', reason: 'A customer demonstration' },
      delivery.as('chidi'),
    );
    await delivery.toDev(3, 'c');
    const promotion = await delivery.ask('ben', 3, 'staging');
    await delivery.approve('anna', promotion.id);
    expect((await delivery.get(promotion.id)).phaseReason).toContain(
      'Promotion is on hold: A customer demonstration',
    );
    const back = await delivery.ask('ben', 1, 'staging', {
      kind: 'rollback',
      key: 'back',
    });
    await delivery.settle();
    expect((await delivery.get(back.id)).phase).toBe('running');
  });

  it('never lets a Release in that is marked as bad, not even back', async () => {
    const delivery = await start();
    await delivery.toStaging(1, 'a');
    await delivery.toDev(2, 'b');
    await delivery.toStaging(2, 'b');
    await delivery.promotions.mark(
      { service: ORDERS.entityRef, number: 1 },
      { mark: 'bad', reason: 'Loses orders' },
      delivery.as('anna'),
    );
    await expect(
      delivery.ask('ben', 1, 'staging', {
        kind: 'rollback',
        key: 'back',
      }),
    ).rejects.toThrow('anna marked Release 1 as bad: Loses orders');
  });
});
