// SPDX-License-Identifier: Apache-2.0
import { isJsonMap, Json } from '../model/Json';

/** What a JSON path points at. */
export type JsonPathResult =
  | { found: true; value: Json }
  | { found: false; missing: string };

/** Reads a simple JSON path (`$.a.b`, `$['a'][0]`) from a value. */
export function readJsonPath(value: Json, path: string): JsonPathResult {
  let current = value;
  for (const match of path
    .replace(/^\$/, '')
    .matchAll(/\.([A-Za-z0-9_-]+)|\['([^']+)'\]|\[(\d+)\]/g)) {
    const key = match[1] ?? match[2] ?? match[3];
    if (Array.isArray(current)) {
      current = current[Number(key)];
    } else if (isJsonMap(current) && key in current) {
      current = current[key];
    } else {
      return { found: false, missing: key };
    }
  }
  return { found: true, value: current };
}
