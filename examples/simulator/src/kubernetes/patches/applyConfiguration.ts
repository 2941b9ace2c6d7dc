// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';
import { isJsonObject } from '../model/KubernetesObject';
import { listItemKey } from './listItemKey';

/** What an apply starts from. */
export interface ApplyConfigurationOptions {
  /** What the same field manager applied last time; undefined the first time. */
  previous?: JsonObject;
  /** What it applies now. */
  next: JsonObject;
  /** What is stored. */
  live: JsonObject;
}

/**
 * Merges an applied configuration into what is stored.
 *
 * @remarks
 * A field the manager applied before and left out now is taken away; a field it never spoke
 * of stays. Lists of named items are merged by their key, other lists replaced. Conflicts
 * between managers are not tracked: the last one wins, as with `force`.
 */
export function applyConfiguration(
  options: ApplyConfigurationOptions,
): JsonObject {
  const { previous = {}, next, live } = options;
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(live)) {
    if (key in next || !(key in previous)) {
      result[key] = value;
    }
  }
  for (const [key, value] of Object.entries(next)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = applyValue(key, previous[key], value, live[key]);
    }
  }
  return result;
}

function applyValue(
  field: string,
  previous: JsonValue | undefined,
  next: JsonValue | undefined,
  live: JsonValue | undefined,
): JsonValue | undefined {
  if (isJsonObject(next)) {
    return applyConfiguration({
      previous: isJsonObject(previous) ? previous : undefined,
      next,
      live: isJsonObject(live) ? live : {},
    });
  }
  if (Array.isArray(next)) {
    return applyList(
      field,
      Array.isArray(previous) ? previous : [],
      next,
      Array.isArray(live) ? live : [],
    );
  }
  return next;
}

function applyList(
  field: string,
  previous: JsonValue[],
  next: JsonValue[],
  live: JsonValue[],
): JsonValue[] {
  const keys = next.map(item => listItemKey(field, item));
  if (next.length === 0 || keys.includes(undefined)) {
    return next;
  }
  const find = (list: JsonValue[], key: string | undefined) =>
    list.find(item => listItemKey(field, item) === key);
  const applied = next.map((item, index) =>
    isJsonObject(item)
      ? applyConfiguration({
          previous: asObject(find(previous, keys[index])),
          next: item,
          live: asObject(find(live, keys[index])) ?? {},
        })
      : item,
  );
  const foreign = live.filter(item => {
    const key = listItemKey(field, item);
    return !keys.includes(key) && find(previous, key) === undefined;
  });
  return [...applied, ...foreign];
}

function asObject(value: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}
