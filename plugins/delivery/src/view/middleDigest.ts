// SPDX-License-Identifier: Apache-2.0
/** A digest with its middle left out, as the panel shows it. */
export function middleDigest(digest: string): string {
  const hex = digest.replace(/^sha256:/, '');
  return `sha256:${hex.slice(0, 8)}…${hex.slice(-8)}`;
}
