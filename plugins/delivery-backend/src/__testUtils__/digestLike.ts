// SPDX-License-Identifier: Apache-2.0
/** A digest for tests: one hexadecimal digit, sixty-four times. */
export function digestLike(digit: string): string {
  return `sha256:${digit.repeat(64)}`;
}
