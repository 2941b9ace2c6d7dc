// SPDX-License-Identifier: Apache-2.0
import { isJsonMap, Json, JsonMap } from '../../model/Json';

/** The objects of a list, or the one object that there is. */
export function mapsOf(value: Json | undefined): JsonMap[] {
  if (Array.isArray(value)) {
    return value.filter(isJsonMap);
  }
  return isJsonMap(value) ? [value] : [];
}
