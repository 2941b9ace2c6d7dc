// SPDX-License-Identifier: Apache-2.0
import { createIdempotencyKeys } from './createIdempotencyKeys';

describe('createIdempotencyKeys', () => {
  it('gives the same request the same key, and another request another', () => {
    const keyFor = createIdempotencyKeys();
    const first = keyFor({ reason: 'a' });
    expect(keyFor({ reason: 'a' })).toBe(first);
    expect(keyFor({ reason: 'b' })).not.toBe(first);
    expect(createIdempotencyKeys()({ reason: 'a' })).not.toBe(first);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
  });
});
