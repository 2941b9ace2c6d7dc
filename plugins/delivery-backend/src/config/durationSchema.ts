// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const UNITS: Record<string, number> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

const TEXT = /^(?:\d+(?:ms|d|h|m|s))(?: ?\d+(?:ms|d|h|m|s))*$/;

/**
 * A duration as people write it: `30s`, `10m`, `2h`, `1d`, or several together
 * as `1h 30m`. Gives milliseconds.
 */
export const durationSchema = z.string().transform((text, context) => {
  if (!TEXT.test(text)) {
    context.addIssue({
      code: 'custom',
      message: `"${text}" is not a duration such as 30s, 10m, 2h or 1d`,
    });
    return z.NEVER;
  }
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|d|h|m|s)/g)) {
    total += Number(count) * UNITS[unit];
  }
  return total;
});
