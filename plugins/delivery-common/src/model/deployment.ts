// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
  ulidSchema,
} from './names';
import { promotionKindSchema } from './promotionKind';

/** The record that a Release entered an Environment. @public */
export const deploymentSchema = z.object({
  id: ulidSchema,
  service: entityRefSchema,
  environment: environmentNameSchema,
  releaseId: z.string(),
  releaseNumber: z.number().int().positive(),
  promotionId: ulidSchema,
  promotionNumber: z.number().int().positive(),
  kind: promotionKindSchema,
  by: entityRefSchema.optional(),
  approvedBy: z.array(entityRefSchema),
  reason: z.string(),
  startedAt: instantSchema,
  endedAt: instantSchema.optional(),
  verifiedAt: instantSchema.optional(),
  /** The ids of the overrides it came in by. */
  overrides: z.array(ulidSchema).optional(),
  outcome: z.enum(['running', 'verified', 'failed']),
  message: z.string().max(1000).optional(),
});
/** The record that a Release entered an Environment. @public */
export type Deployment = z.infer<typeof deploymentSchema>;
