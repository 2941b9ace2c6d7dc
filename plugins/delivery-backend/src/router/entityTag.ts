// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

/**
 * Instants that say how old an answer is, down to the hour; inside a text of an
 * answer the quotes around a name are escaped, so only names are found.
 */
const AGES =
  /"(asOf|decidedAt|seenAt|observedAt)":"(\d{4}-\d\d-\d\dT\d\d)[^"]*"/g;

/**
 * The entity tag of an answer in JSON: the same for an hour as long as nothing but its
 * age changed, so that an idle page costs almost nothing. The age of an answer that
 * still holds is the `Date` at which that is said.
 */
export function entityTag(json: string): string {
  const text = json.replace(AGES, '"$1":"$2"');
  return `W/"${createHash('sha256').update(text).digest('base64url')}"`;
}
