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

describe('Hints', () => {
  it('says once for several changes that something changed, and not what', () => {
    const { hints, publish } = start();
    hints.add('component:default/orders');
    hints.add('component:default/billing');
    hints.add('component:default/orders');
    expect(publish).not.toHaveBeenCalled();
    jest.advanceTimersByTime(150);
    expect(publish.mock.calls).toEqual([
      [
        {
          recipients: { type: 'broadcast' },
          channel: 'delivery',
          message: { service: 'component:default/orders' },
        },
      ],
      [
        expect.objectContaining({
          message: { service: 'component:default/billing' },
        }),
      ],
    ]);
    hints.add('component:default/orders');
    jest.advanceTimersByTime(150);
    expect(publish).toHaveBeenCalledTimes(3);
  });

  it('goes on when a hint is lost, and stops with its signal', () => {
    const { hints, publish, stop } = start();
    publish.mockRejectedValueOnce(new Error('Nobody listens'));
    hints.add('component:default/orders');
    jest.advanceTimersByTime(150);
    hints.add('component:default/orders');
    stop.abort();
    jest.advanceTimersByTime(150);
    expect(publish).toHaveBeenCalledTimes(1);
  });
});
