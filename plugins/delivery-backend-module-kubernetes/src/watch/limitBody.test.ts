// SPDX-License-Identifier: Apache-2.0
import type { OpenAnswer } from '../connection/ClusterConnection';
import { limitBody } from './limitBody';

const piece = Buffer.alloc(1_000, 0x20);

/** An answer whose pieces come so far apart, for ever. */
function trickle(everyMs: number): OpenAnswer & { close: jest.Mock } {
  return {
    status: 200,
    close: jest.fn(),
    body: {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          await new Promise(resolve => {
            setTimeout(resolve, everyMs);
          });
          yield piece;
        }
      },
    },
  };
}

async function read(answer: OpenAnswer): Promise<string> {
  try {
    for await (const part of limitBody(answer)) {
      expect(part).toBe(piece);
    }
    return 'ended';
  } catch (error) {
    return String(error);
  }
}

describe('limitBody', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    ['says nothing', 40_000, 'said nothing for 30 seconds'],
    ['trickles for ever', 20_000, 'did not finish its answer within 120'],
  ])('closes an answer that %s', async (_, everyMs, complaint) => {
    const answer = trickle(everyMs);
    const told = read(answer);
    await jest.advanceTimersByTimeAsync(200_000);
    await expect(told).resolves.toContain(complaint);
    expect(answer.close).toHaveBeenCalled();
  });
});
