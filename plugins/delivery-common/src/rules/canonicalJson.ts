// SPDX-License-Identifier: Apache-2.0
/** Plain data, as JSON can carry it. @public */
export type Canonical =
  | string
  | number
  | boolean
  | undefined
  | readonly Canonical[]
  | { readonly [key: string]: Canonical };

/**
 * One text for one value: keys sorted by code unit, absent values left out, no
 * white space.
 *
 * @remarks
 * Two values that differ only in the order of their keys give the same text, so
 * a digest of it is a fingerprint.
 * @throws TypeError for a number that is not finite.
 * @public
 */
export function canonicalJson(value: Canonical): string {
  if (Array.isArray(value)) {
    return `[${value.map(item => canonicalJson(item ?? '')).join(',')}]`;
  }
  if (typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(
      'A fingerprint cannot hold a number that is not finite',
    );
  }
  return JSON.stringify(value ?? '');
}
