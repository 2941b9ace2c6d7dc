// SPDX-License-Identifier: Apache-2.0
import type { TimeSpan } from 'backstage-plugin-delivery-node';

/** The span that holds an instant; the spans stand in order and apart. */
export function spanAt(
  spans: readonly TimeSpan[],
  instant: Date,
): TimeSpan | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (spans[middle].to <= instant) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const span = spans.at(low);
  return span && span.from <= instant ? span : undefined;
}
