// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** How a Promotion came about. @public */
export const promotionKindSchema = z.enum(['forward', 'automatic', 'rollback']);
/** How a Promotion came about. @public */
export type PromotionKind = z.infer<typeof promotionKindSchema>;
