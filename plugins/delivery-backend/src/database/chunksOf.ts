// SPDX-License-Identifier: Apache-2.0

/** As many as every supported database takes in one list. */
const MOST = 500;

/** A long list in parts that fit into one statement each. */
export function chunksOf<T>(all: readonly T[], size = MOST): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
