// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';

/**
 * What of `values` differs from `defaults`, in the order of `values`.
 *
 * @remarks
 * Maps are compared key by key and lists as a whole, as Helm merges them.
 */
export function differences(
  values: JsonObject,
  defaults: JsonObject,
): JsonObject {
  const found: JsonObject = {};
  for (const [key, value] of Object.entries(values)) {
    const usual = defaults[key];
    if (value === undefined || isSame(value, usual)) {
      continue;
    }
    if (isMap(value) && isMap(usual)) {
      const inner = differences(value, usual);
      if (Object.keys(inner).length > 0) {
        found[key] = inner;
      }
    } else {
      found[key] = value;
    }
  }
  return found;
}

function isMap(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(one: JsonValue, other: JsonValue | undefined): boolean {
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isSame(item, other[index]))
    );
  }
  if (isMap(one)) {
    return (
      isMap(other) &&
      Object.keys(one).length === Object.keys(other).length &&
      Object.entries(one).every(
        ([key, value]) => value !== undefined && isSame(value, other[key]),
      )
    );
  }
  return one === other;
}
