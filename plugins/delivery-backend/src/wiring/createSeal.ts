// SPDX-License-Identifier: Apache-2.0
import { createHmac } from 'node:crypto';
import type { Seal } from '../domain/chain';

/** A seal by HMAC-SHA256; without a key nothing is sealed. */
export function createSeal(key: string | undefined): Seal {
  return {
    mac: text =>
      key ? createHmac('sha256', key).update(text).digest('hex') : undefined,
  };
}
