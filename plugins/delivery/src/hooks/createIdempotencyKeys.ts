// SPDX-License-Identifier: Apache-2.0

const BYTES = 16;

/**
 * Gives the keys for the writes of one opened dialog: the same request the same
 * key, so that a double click or a retry after a lost answer is harmless.
 *
 * @remarks
 * A request that differs, because the person changed the reason, is another
 * request and has another key.
 */
export function createIdempotencyKeys(): (request: object) => string {
  const keys = new Map<string, string>();
  return request => {
    const text = JSON.stringify(request);
    const key = keys.get(text) ?? randomKey();
    keys.set(text, key);
    return key;
  };
}

// randomUUID is missing where the portal is served without TLS
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
