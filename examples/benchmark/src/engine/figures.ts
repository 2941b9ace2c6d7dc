// SPDX-License-Identifier: Apache-2.0

/** How long something took, in milliseconds. */
export type Spread = {
  samples: number;
  p50: number;
  p99: number;
  most: number;
};

/** The spread of times. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ??
    NaN;
  return {
    samples: sorted.length,
    p50: round(at(0.5)),
    p99: round(at(0.99)),
    most: round(at(1)),
  };
}

/** Two digits behind the point. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
