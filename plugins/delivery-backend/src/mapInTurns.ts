// SPDX-License-Identifier: Apache-2.0
import { takeTurns } from 'backstage-plugin-delivery-node';

/** Maps many items as `map` does, and lets others do something now and then. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  const turn = takeTurns();
  for (const item of items) {
    results.push(map(item));
    const pause = turn();
    if (pause) {
      await pause;
    }
  }
  return results;
}
