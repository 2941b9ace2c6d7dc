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
  if (isList(value)) {
    let items = '';
    for (const item of value) {
      items += `${items && ','}${canonicalJson(item ?? '')}`;
    }
    return `[${items}]`;
  }
  if (typeof value === 'object') {
    let fields = '';
    for (const key of Object.keys(value).sort()) {
      const field = value[key];
      if (field !== undefined) {
        fields += `${fields && ','}${JSON.stringify(key)}:${canonicalJson(
          field,
        )}`;
      }
    }
    return `{${fields}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(
      'A fingerprint cannot hold a number that is not finite',
    );
  }
  return JSON.stringify(value ?? '');
}

function isList(value: Canonical): value is readonly Canonical[] {
  return Array.isArray(value);
}
