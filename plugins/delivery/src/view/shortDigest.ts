// SPDX-License-Identifier: Apache-2.0
/** The first twelve digits of a digest, as tiles show it. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}
