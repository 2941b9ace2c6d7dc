// SPDX-License-Identifier: Apache-2.0
import {
  ORDERS_REF,
  askFor,
  bringToDev,
  type StartedPlugin,
} from './__testUtils__/pluginSteps';
import { startPlugin } from './__testUtils__/startPlugin';

jest.setTimeout(60_000);

const PATH = '/v1/services/component/default/orders';

describe('the page of a service that many people look at', () => {
  let delivery: StartedPlugin;
  beforeEach(async () => {
    delivery = await startPlugin();
    await bringToDev(delivery);
    await delivery.api.createPromotion(
      { ...(await askFor(delivery, 'staging')), idempotencyKey: 'click-1' },
      delivery.as('ben'),
    );
  });
  afterEach(() => delivery.stop());

  const read = async (person: string, encoding = 'identity') => {
    const { token } = delivery.as(person);
    const headers = { 'accept-encoding': encoding };
    return delivery.fetch(PATH, { token, headers });
  };

  it('is the same for those whom no decision knows', async () => {
    const tags = await Promise.all(
      ['vera', 'otto'].map(async person =>
        (await read(person)).headers.get('etag'),
      ),
    );
    expect(tags[0]).toBe(tags[1]);
    const zipped = await read('vera', 'gzip');
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    await expect(zipped.json()).resolves.toMatchObject({
      service: ORDERS_REF,
    });
  });

  it('tells each of those who are involved their own part', async () => {
    const mayApprove = async (person: string) => {
      const { promotions } = await delivery.api.getService(
        ORDERS_REF,
        delivery.as(person),
      );
      return promotions.map(promotion => promotion.mayApprove);
    };
    const vera = [
      {
        allowed: false,
        reason: 'You are none of those who can approve it.',
        who: ['user:default/anna'],
      },
    ];
    await expect(mayApprove('vera')).resolves.toEqual(vera);
    await expect(mayApprove('anna')).resolves.toEqual([{ allowed: true }]);
    await expect(mayApprove('ben')).resolves.toMatchObject([
      { reason: 'Your approval does not count: you asked for it.' },
    ]);
    await expect(mayApprove('vera')).resolves.toEqual(vera);
  });
});
