// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { DATABASE_IDS } from '../__testUtils__/databaseIds';
import { releaseRecord } from '../__testUtils__/releaseRecord';
import { startDelivery } from '../__testUtils__/startDelivery';
import { listPromotionEvents } from '../database/promotionEvents';
import { DefaultClaimService } from '../services/DefaultClaimService';

const databases = TestDatabases.create({ ids: DATABASE_IDS });

jest.setTimeout(120_000);

describe.each(databases.eachSupportedId())('a claim on %p', id => {
  /** A promotion into staging that was asked to start, with an outcome nobody knows. */
  async function starting() {
    const delivery = await startDelivery({ knex: await databases.init(id) });
    await delivery.toDev(1, 'a');
    const { id: promotionId } = await delivery.ask('ben', 1, 'staging');
    delivery.engine.nextStart = 'unknown-not-started';
    await delivery.approve('anna', promotionId);
    const [request] = delivery.engine.starts.slice(-1);
    const appear = () =>
      delivery.engine.add({
        target: request.target,
        correlationId: request.correlationId,
        parameters: request.parameters,
      }).ref.id;
    return { delivery, promotionId, appear };
  }

  it('makes the execution it admits the one of the promotion, though an older one exists', async () => {
    const { appear, delivery, promotionId } = await starting();
    const [older, newer] = [appear(), appear()];
    await expect(
      delivery.claims.claim({ executionId: newer, promotionId }),
    ).resolves.toMatchObject({ status: 'ADMITTED' });
    await delivery.pass({ seconds: 20 });
    expect(await delivery.get(promotionId)).toMatchObject({
      phase: 'running',
      execution: { id: newer },
    });
    expect(delivery.engine.cancels).not.toContainEqual(
      expect.objectContaining({ id: newer }),
    );
    await expect(
      delivery.claims.claim({ executionId: older, promotionId }),
    ).resolves.toMatchObject({ status: 'REFUSED' });
  });

  it('is not needed in dev, where a second execution of one request is cancelled', async () => {
    const delivery = await startDelivery({ knex: await databases.init(id) });
    const { engine } = delivery;
    const start = engine.start.bind(engine);
    engine.start = async request => {
      const { target, correlationId, parameters } = request;
      engine.add({ target, correlationId, parameters });
      engine.add({ target, correlationId, parameters });
      return start(request);
    };
    await delivery.build(releaseRecord(1, { digit: 'a' }));
    await delivery.pass({ seconds: 30 });
    expect((await delivery.list('dev'))[0]).toMatchObject({
      phase: 'running',
      execution: { id: 'execution-1' },
    });
    expect(engine.cancels).toMatchObject([{ id: 'execution-2' }]);
  });

  it('counts one person once, however often the button is pressed', async () => {
    const { delivery } = await starting();
    const { id: promotionId } = await delivery.ask('ben', 1, 'staging', {
      key: 'another',
    });
    const { subject } = await delivery.get(promotionId);
    const presses = await Promise.allSettled(
      [1, 2, 3].map(() =>
        delivery.promotions.decide(
          promotionId,
          { verdict: 'approve', subject },
          delivery.as('anna'),
        ),
      ),
    );
    expect(presses.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    const events = await listPromotionEvents(delivery.knex, promotionId);
    expect(events.filter(({ type }) => type === 'approved')).toHaveLength(1);
  });

  it('is answered by a replica that never heard the question', async () => {
    const { appear, delivery, promotionId } = await starting();
    const executionId = appear();
    delivery.engine.down = new Error('connection refused');
    await expect(
      delivery.claims.claim({ executionId, promotionId }),
    ).resolves.toMatchObject({ status: 'PENDING' });
    delivery.engine.down = undefined;
    const other = new DefaultClaimService(delivery.room);
    await expect(other.status(executionId)).resolves.toMatchObject({
      status: 'ADMITTED',
    });
    await expect(other.status('unheard-of')).resolves.toMatchObject({
      status: 'PENDING',
    });
  });
});
