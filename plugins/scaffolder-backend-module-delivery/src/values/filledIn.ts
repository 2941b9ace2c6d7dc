// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '@backstage/types';

/** The values with `{service}` and `{environment}` replaced in every text. */
export function filledIn(
  values: JsonObject,
  names: { service: string; environment: string },
): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      value === undefined ? undefined : fillIn(value, names),
    ]),
  );
}

function fillIn(
  value: JsonValue,
  names: { service: string; environment: string },
): JsonValue {
  if (typeof value === 'string') {
    return value
      .replaceAll('{service}', names.service)
      .replaceAll('{environment}', names.environment);
  }
  if (Array.isArray(value)) {
    return value.map(item => fillIn(item, names));
  }
  return typeof value === 'object' && value !== null
    ? filledIn(value, names)
    : value;
}
