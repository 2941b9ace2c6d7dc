// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';

/** A map that holds one value at a path of keys, such as `image.tag`. */
export function nested(path: string, value: JsonValue): JsonObject {
  const [key, ...rest] = path.split('.');
  return { [key]: rest.length > 0 ? nested(rest.join('.'), value) : value };
}
