// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

/**
 * Instants that say how old an answer is, down to the minute; inside a text of an
 * answer the quotes around a name are escaped, so only names are found.
 */
const AGES =
  /"(asOf|decidedAt|seenAt|observedAt)":"(\d{4}-\d\d-\d\dT\d\d:\d\d)[^"]*"/g;

/**
 * The entity tag of an answer in JSON: the same as long as nothing but the seconds
 * of its age changed, so that an idle page costs almost nothing.
 */
export function entityTag(json: string): string {
  const text = json.replace(AGES, '"$1":"$2"');
  return `W/"${createHash('sha256').update(text).digest('base64url')}"`;
}
