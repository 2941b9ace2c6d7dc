// SPDX-License-Identifier: Apache-2.0
/**
 * The value at a dotted path of plain JSON, such as `data.result.0.value`, or
 * `undefined` when there is none. Only an object's own fields are looked at.
 */
export function readPath(value: unknown, path: string): unknown {
  let current = value;
  for (const key of path.split('.')) {
    if (
      typeof current !== 'object' ||
      current === null ||
      !Object.hasOwn(current, key)
    ) {
      return undefined;
    }
    current = Object.entries(current).find(([name]) => name === key)?.[1];
  }
  return current;
}
