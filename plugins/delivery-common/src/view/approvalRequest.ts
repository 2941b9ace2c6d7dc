// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { releaseSchema } from '../model/release';
import { digestSchema, environmentNameSchema } from '../model/names';
import { openPromotionSchema } from './serviceDelivery';

/** A Promotion that waits for approvals, with the evidence beside it. @public */
export const approvalRequestSchema = openPromotionSchema.extend({
  title: z.string(),
  from: environmentNameSchema.optional(),
  release: releaseSchema,
  replaces: z.number().int().positive().optional(),
  /** The subject as it is now; the approval must carry it. */
  currentSubject: digestSchema,
  /** Whether it waits for the person who asked. */
  waitsForMe: z.boolean(),
});
/** A Promotion that waits for approvals, with the evidence beside it. @public */
export type ApprovalRequest = z.infer<typeof approvalRequestSchema>;
