// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';

/** Tells a JSON object from everything else. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field's own value; undefined when the parent is no object or lacks it. */
export function fieldOf(parent: unknown, key: string): unknown {
  return isJsonObject(parent) && Object.hasOwn(parent, key)
    ? parent[key]
    : undefined;
}

/** A text field, cut at a length; undefined when it is something else or empty. */
export function textOf(
  parent: unknown,
  key: string,
  maxLength = 253,
): string | undefined {
  const value = fieldOf(parent, key);
  return typeof value === 'string' && value !== ''
    ? value.slice(0, maxLength)
    : undefined;
}

/** A count; 0 when the field is absent or something else, as the API leaves zeros out. */
export function countOf(parent: unknown, key: string): number {
  const value = fieldOf(parent, key);
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
    ? value
    : 0;
}

/** The items of a list field, at most so many; empty when it is no list. */
export function listOf(
  parent: unknown,
  key: string,
  maxItems = 100,
): unknown[] {
  const value = fieldOf(parent, key);
  return Array.isArray(value) ? value.slice(0, maxItems) : [];
}
