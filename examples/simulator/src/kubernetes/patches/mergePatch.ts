// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import { isJsonObject } from '../model/KubernetesObject';

/** Applies a JSON merge patch (RFC 7386): `null` takes a field away, a list replaces a list. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const result: JsonObject = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else if (isJsonObject(value)) {
      result[key] = mergePatch(objectAt(result, key), value);
    } else {
      result[key] = value;
    }
  }
  return result;
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value: JsonValue | undefined = parent[key];
  return isJsonObject(value) ? value : {};
}
