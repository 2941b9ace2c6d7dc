// SPDX-License-Identifier: Apache-2.0

/** A value of which so large a share of all values is not above. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return sorted.length === 0 ? NaN : sorted[Math.max(0, at)];
}

/** Rounded so that a person can read it. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
