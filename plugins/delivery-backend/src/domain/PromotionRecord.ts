// SPDX-License-Identifier: Apache-2.0
import {
  decisionSchema,
  digestSchema,
  entityRefSchema,
  instantSchema,
  promotionSchema,
  subjectSchema,
  type Promotion,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';

/**
 * A Promotion as it is stored: what everybody may see, and what the engine room
 * needs to carry it out.
 */
export const promotionRecordSchema = promotionSchema.extend({
  subjectFields: subjectSchema,
  /** What it was before, so that approvals given then say what changed. */
  pastSubjects: z
    .array(z.object({ subject: digestSchema, fields: subjectSchema }))
    .optional(),
  /** The Release that ran in the Environment when it was asked for. */
  replaces: z.number().int().positive().optional(),
  /** Set once the lane was taken, before any call. */
  intent: z
    .object({
      at: instantSchema,
      requestHash: digestSchema,
      pipelineId: z.string(),
      /** Set in a transaction of its own right before the call is made. */
      callAt: instantSchema.optional(),
      /** Why the outcome of the call is unknown, when it is. */
      unknown: z.string().optional(),
    })
    .optional(),
  /** The Decision that let it pass its gates. */
  admitted: decisionSchema.optional(),
  approvedBy: z.array(entityRefSchema).optional(),
  deployReached: z.boolean().optional(),
  cancelSent: z.boolean().optional(),
  runningSince: instantSchema.optional(),
  verifyingSince: instantSchema.optional(),
  healthySince: instantSchema.optional(),
  /** Whose words the reason of a failure is, when not the engine's. */
  saidBy: z.string().max(40).optional(),
  /** For an automatic rollback: the Promotion that failed. */
  after: z.string().optional(),
  /** The Release number it was rolled back to by itself. */
  rolledBackTo: z.number().int().positive().optional(),
});
/** A Promotion as it is stored. */
export type PromotionRecord = z.infer<typeof promotionRecordSchema>;

/** What everybody may see of a stored Promotion. */
export function toPromotion(record: PromotionRecord): Promotion {
  return promotionSchema.parse(record);
}
