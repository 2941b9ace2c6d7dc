// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  digestSchema,
  entityRefSchema,
  instantSchema,
  ulidSchema,
} from './names';

/** One person's approve or reject, bound to the fingerprint of what was seen. @public */
export const approvalSchema = z.object({
  id: ulidSchema,
  promotionId: ulidSchema,
  by: entityRefSchema,
  verdict: z.enum(['approve', 'reject']),
  reason: z.string().optional(),
  subject: digestSchema,
  at: instantSchema,
  /** Set when it no longer counts: which field of the subject changed. */
  void: z.string().max(300).optional(),
});
/** One person's approve or reject, bound to the fingerprint of what was seen. @public */
export type Approval = z.infer<typeof approvalSchema>;

/** One place in an approvals Gate that one person fills. @public */
export const slotStateSchema = z.object({
  name: z.string().max(60),
  /** `owner`, `group:…` or `user:…`. */
  from: z.string().max(200),
  filledBy: entityRefSchema.optional(),
  /** Who could fill it now: those who may and do not stand excluded. */
  eligible: z.array(entityRefSchema).max(50),
});
/** One place in an approvals Gate that one person fills. @public */
export type SlotState = z.infer<typeof slotStateSchema>;

/** A person whose approval does not count here, and why. @public */
export const notCountedSchema = z.object({
  person: entityRefSchema,
  reason: z.string().max(200),
});
/** A person whose approval does not count here, and why. @public */
export type NotCounted = z.infer<typeof notCountedSchema>;
