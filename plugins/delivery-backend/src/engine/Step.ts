// SPDX-License-Identifier: Apache-2.0
import type { PromotionInput } from '../domain/PromotionInput';
import type { PromotionRecord } from '../domain/PromotionRecord';

/**
 * What a look at a Promotion comes to: something happened to it, with when it is
 * to be looked at again if not at once; it is to be looked at again later; or it
 * was changed by the look itself.
 */
export type Step =
  | { input: PromotionInput; nextCheck?: Date }
  | { nextCheck: Date; waitsFor?: string }
  | { changed: PromotionRecord };
