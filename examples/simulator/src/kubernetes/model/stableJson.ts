// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from '@backstage/types';

/** JSON text in which the order of an object's keys does not matter. */
export function stableJson(value: JsonValue | undefined): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
}
