// SPDX-License-Identifier: Apache-2.0
import { mapInTurns } from './mapInTurns';

function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    // keeps everybody else waiting
  }
}

describe('mapInTurns', () => {
  it('maps all items in their order, and lets others in between', async () => {
    const order: string[] = [];
    const other = new Promise<void>(resolve => {
      setImmediate(() => {
        order.push('another');
        resolve();
      });
    });
    const results = await mapInTurns([1, 2, 3, 4, 5, 6], item => {
      order.push(String(item));
      spin(5);
      return item * 2;
    });
    await other;
    expect(results).toEqual([2, 4, 6, 8, 10, 12]);
    expect(order.at(-1)).toBe('6');
    expect(order).toContain('another');
  });

  it('fails as the mapping does', async () => {
    await expect(
      mapInTurns([1], () => {
        throw new Error('not this one');
      }),
    ).rejects.toThrow('not this one');
  });
});
