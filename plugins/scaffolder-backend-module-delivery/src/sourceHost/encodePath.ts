// SPDX-License-Identifier: Apache-2.0

/** A path with slashes, for use in an address. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
