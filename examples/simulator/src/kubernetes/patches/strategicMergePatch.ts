// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import { isJsonObject } from '../model/KubernetesObject';
import { listItemKey } from './listItemKey';

const DELETE_PRIMITIVE = '$deleteFromPrimitiveList/';
const SET_ORDER = '$setElementOrder/';

/**
 * Applies a strategic merge patch: lists of named items are merged by their key.
 *
 * @remarks
 * Knows `$patch: delete` and `$patch: replace`, `$deleteFromPrimitiveList` and
 * `$retainKeys`; an element order is taken from the patch's own items.
 */
export function strategicMergePatch(
  target: JsonObject,
  patch: JsonObject,
): JsonObject {
  if (patch.$patch === 'replace') {
    const { $patch: _, ...rest } = patch;
    return rest;
  }
  const retained = Array.isArray(patch.$retainKeys)
    ? new Set(patch.$retainKeys.map(String))
    : undefined;
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(target)) {
    if (!retained || retained.has(key)) {
      result[key] = value;
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_PRIMITIVE) && Array.isArray(value)) {
      const field = key.slice(DELETE_PRIMITIVE.length);
      const list = result[field];
      result[field] = Array.isArray(list)
        ? list.filter(item => !value.includes(item))
        : list;
    } else if (key.startsWith(SET_ORDER) || key.startsWith('$')) {
      continue;
    } else if (value === null) {
      delete result[key];
    } else {
      result[key] = mergeValue(key, result[key], value);
    }
  }
  return result;
}

function mergeValue(
  field: string,
  target: JsonValue | undefined,
  patch: JsonValue | undefined,
): JsonValue | undefined {
  if (isJsonObject(patch)) {
    return strategicMergePatch(isJsonObject(target) ? target : {}, patch);
  }
  if (Array.isArray(patch)) {
    return mergeList(field, Array.isArray(target) ? target : [], patch);
  }
  return patch;
}

function mergeList(
  field: string,
  target: JsonValue[],
  patch: JsonValue[],
): JsonValue[] {
  if (field === 'finalizers') {
    return [...new Set([...target, ...patch])];
  }
  const replaces = patch.some(
    item => isJsonObject(item) && item.$patch === 'replace',
  );
  if (replaces) {
    return patch.filter(item => !isJsonObject(item) || !item.$patch);
  }
  const keyed = patch.every(item => listItemKey(field, item) !== undefined);
  if (!keyed || patch.length === 0) {
    return patch;
  }
  const items = new Map(
    target.map(item => [listItemKey(field, item) ?? '', item]),
  );
  for (const item of patch) {
    const key = listItemKey(field, item) ?? '';
    const present = items.get(key);
    if (isJsonObject(item) && item.$patch === 'delete') {
      items.delete(key);
    } else if (isJsonObject(item)) {
      items.set(
        key,
        strategicMergePatch(isJsonObject(present) ? present : {}, item),
      );
    }
  }
  return [...items.values()];
}
