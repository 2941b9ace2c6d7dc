// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { Hints } from './Hints';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function start() {
  const stop = new AbortController();
  const publish = jest.fn<
    ReturnType<SignalsService['publish']>,
    Parameters<SignalsService['publish']>
  >(async () => {});
  const hints = new Hints({
    signals: { publish },
    logger: mockServices.logger.mock(),
    signal: stop.signal,
  });
  return { hints, publish, stop };
}

function channels(publish: jest.Mock): string[] {
  return publish.mock.calls.map(([{ channel }]) => channel);
}

const ORDERS = 'delivery:component:default/orders';
const BILLING = 'delivery:component:default/billing';
const ANY = 'delivery';

describe('Hints', () => {
  it('says once for several changes that something changed, and not what', () => {
    const { hints, publish } = start();
    hints.add('component:default/orders');
    hints.add('component:default/billing');
    hints.add('component:default/orders');
    expect(publish).not.toHaveBeenCalled();
    jest.advanceTimersByTime(150);
    expect(channels(publish)).toEqual([ORDERS, ANY, BILLING]);
    expect(publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: ORDERS,
      message: {},
    });
  });

  it('says it ten times a second of one service, and once a second of any', () => {
    const { hints, publish } = start();
    for (let at = 0; at < 2_000; at += 5) {
      hints.add('component:default/orders');
      jest.advanceTimersByTime(5);
    }
    const said = channels(publish);
    expect(said.filter(channel => channel === ORDERS)).toHaveLength(20);
    expect(said.filter(channel => channel === ANY)).toHaveLength(2);
  });

  it('lets no service wait for another', () => {
    const { hints, publish } = start();
    hints.add('component:default/orders');
    jest.advanceTimersByTime(20);
    hints.add('component:default/billing');
    jest.advanceTimersByTime(20);
    expect(channels(publish)).toEqual([ORDERS, ANY, BILLING]);
  });

  it('goes on when a hint is lost, and stops with its signal', () => {
    const { hints, publish, stop } = start();
    publish.mockRejectedValueOnce(new Error('Nobody listens'));
    hints.add('component:default/orders');
    jest.advanceTimersByTime(150);
    expect(channels(publish)).toEqual([ORDERS, ANY]);
    hints.add('component:default/orders');
    stop.abort();
    jest.advanceTimersByTime(1_500);
    expect(publish).toHaveBeenCalledTimes(2);
  });
});
