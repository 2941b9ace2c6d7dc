// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';

/** A status without its counts of zero and empty lists, which the API server leaves out. */
export function withoutZeros(status: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(status).filter(
      ([, value]) =>
        value !== 0 &&
        value !== undefined &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}
