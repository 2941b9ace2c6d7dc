// SPDX-License-Identifier: Apache-2.0
import type { TimeSpan } from 'backstage-plugin-delivery-node';

/** Spans in their order, those that overlap or follow on each other as one. */
export function mergeSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const merged: TimeSpan[] = [];
  for (const span of spans.toSorted((a, b) => +a.from - +b.from)) {
    const last = merged.at(-1);
    if (last && +span.from <= +last.to) {
      merged[merged.length - 1] = {
        from: last.from,
        to: +span.to > +last.to ? span.to : last.to,
      };
    } else {
      merged.push(span);
    }
  }
  return merged;
}
