// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

/** Instants that say how old an answer is; they count by the minute. */
const AGES = new Set(['asOf', 'decidedAt', 'seenAt', 'observedAt']);

/**
 * The entity tag of an answer: the same as long as nothing but the seconds of its
 * age changed, so that an idle page costs almost nothing.
 */
export function entityTag(body: unknown): string {
  const text = JSON.stringify(body, (key, value) =>
    AGES.has(key) && typeof value === 'string' ? value.slice(0, 16) : value,
  );
  return `W/"${createHash('sha256').update(text).digest('base64url')}"`;
}
