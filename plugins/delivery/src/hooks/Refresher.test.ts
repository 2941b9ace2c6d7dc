// SPDX-License-Identifier: Apache-2.0
import { Refresher } from './Refresher';

type Pending = {
  resolve: (value: string) => void;
  reject: (error: Error) => void;
  signal: AbortSignal;
};

function setUp() {
  const asked: Pending[] = [];
  const refresher = new Refresher<string>({
    load: signal =>
      new Promise((resolve, reject) => asked.push({ resolve, reject, signal })),
    interval: value => (value === 'moving' ? 5_000 : 30_000),
  });
  const answer = async (index: number, value: string | Error) => {
    const pending = asked[index];
    if (value instanceof Error) {
      pending?.reject(value);
    } else {
      pending?.resolve(value);
    }
    await jest.advanceTimersByTimeAsync(0);
  };
  return { asked, refresher, answer };
}

function hide(hidden: boolean) {
  Object.defineProperty(document, 'hidden', {
    configurable: true,
    value: hidden,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('Refresher', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    hide(false);
    jest.useRealTimers();
  });

  it('loads at once and polls at the pace of what it knows', async () => {
    const { asked, refresher, answer } = setUp();
    const stop = refresher.start();
    await answer(0, 'moving');
    expect(refresher.snapshot()).toMatchObject({ value: 'moving' });
    await jest.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(2);
    await answer(1, 'still');
    await jest.advanceTimersByTimeAsync(29_000);
    expect(asked).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(3);
    stop();
  });

  it('answers a burst of hints with one more request', async () => {
    const { asked, refresher, answer } = setUp();
    const stop = refresher.start();
    refresher.refresh();
    refresher.refresh();
    refresher.refresh();
    expect(asked).toHaveLength(1);
    await answer(0, 'one');
    expect(asked).toHaveLength(2);
    await answer(1, 'two');
    expect(asked).toHaveLength(2);
    expect(refresher.snapshot().value).toBe('two');
    stop();
  });

  it('keeps what it has when it fails, and goes on trying', async () => {
    const { asked, refresher, answer } = setUp();
    const stop = refresher.start();
    await answer(0, 'known');
    const { receivedAt } = refresher.snapshot();
    refresher.refresh();
    await answer(1, new Error('no connection'));
    expect(refresher.snapshot()).toMatchObject({
      value: 'known',
      receivedAt,
      error: new Error('no connection'),
    });
    await jest.advanceTimersByTimeAsync(30_000);
    expect(asked).toHaveLength(3);
    await answer(2, 'again');
    expect(refresher.snapshot().error).toBeUndefined();
    stop();
  });

  it('asks nothing while nobody looks, and at once when somebody does', async () => {
    const { asked, refresher, answer } = setUp();
    const stop = refresher.start();
    await answer(0, 'moving');
    hide(true);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(1);
    hide(false);
    expect(asked).toHaveLength(2);
    stop();
  });

  it('stops for good', async () => {
    const { asked, refresher, answer } = setUp();
    const stop = refresher.start();
    stop();
    expect(asked[0]?.signal.aborted).toBe(true);
    await answer(0, 'late');
    refresher.refresh();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(1);
    expect(refresher.snapshot().value).toBeUndefined();
  });
});
