// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  digestSchema,
  entityRefSchema,
  instantSchema,
  ulidSchema,
} from './names';

/**
 * Break glass: named Gates let pass by a named person with a reason, to be
 * reviewed by somebody else later.
 * @public
 */
export const overrideSchema = z.object({
  id: ulidSchema,
  promotionId: ulidSchema,
  /** The ids of the Gates that were let pass. */
  gates: z.array(z.string().max(60)).min(1).max(20),
  by: entityRefSchema,
  at: instantSchema,
  reason: z.string(),
  ticket: z.string().max(200).optional(),
  /** What was seen; the override counts for nothing else. */
  subject: digestSchema,
  reviewDue: instantSchema,
  review: z
    .object({ by: entityRefSchema, at: instantSchema, note: z.string() })
    .optional(),
});
/** Break glass: named Gates let pass by a named person. @public */
export type Override = z.infer<typeof overrideSchema>;
