// SPDX-License-Identifier: Apache-2.0
import { hash } from 'node:crypto';
import {
  canonicalJson,
  type Canonical,
  type Digest,
} from 'backstage-plugin-delivery-common';

/**
 * The SHA-256 of bytes or text as they are, or of the canonical JSON of plain
 * data.
 * @public
 */
export function digestOf(value: Uint8Array | Canonical): Digest {
  const input =
    value instanceof Uint8Array || typeof value === 'string'
      ? value
      : canonicalJson(value);
  return `sha256:${hash('sha256', input)}`;
}
