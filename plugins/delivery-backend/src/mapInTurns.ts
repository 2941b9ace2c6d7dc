// SPDX-License-Identifier: Apache-2.0
import { setImmediate as letOthersIn } from 'node:timers/promises';

/** Nobody else waits longer than this, but for the one item that was begun. */
const TURN_MS = 8;

/** Maps many items as `map` does, and lets others do something now and then. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let began = performance.now();
  for (const item of items) {
    results.push(map(item));
    if (performance.now() - began >= TURN_MS) {
      await letOthersIn();
      began = performance.now();
    }
  }
  return results;
}
