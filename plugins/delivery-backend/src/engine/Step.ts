// SPDX-License-Identifier: Apache-2.0
import type { PromotionInput } from '../domain/PromotionInput';

/**
 * What a look at a Promotion comes to: something happened to it, or it is to be
 * looked at again later.
 */
export type Step =
  | { input: PromotionInput }
  | { nextCheck: Date; waitsFor?: string };
