// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { promotionEventSchema } from '../model/promotion';
import { deploymentSchema } from '../model/deployment';
import { releaseSchema } from '../model/release';
import { digestSchema } from '../model/names';
import { openPromotionSchema } from './serviceDelivery';

/** One Promotion with its Decision, approvals and record. @public */
export const promotionDetailSchema = openPromotionSchema.extend({
  release: releaseSchema,
  /** The Release that ran in the Environment when it was asked for. */
  replaces: z.number().int().positive().optional(),
  events: z.array(promotionEventSchema),
  deployment: deploymentSchema.optional(),
  /** The subject as it is now; an approval must carry it. */
  currentSubject: digestSchema.optional(),
});
/** One Promotion with its Decision, approvals and record. @public */
export type PromotionDetail = z.infer<typeof promotionDetailSchema>;
