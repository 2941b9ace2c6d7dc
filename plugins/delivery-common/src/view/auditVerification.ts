// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  digestSchema,
  entityRefSchema,
  instantSchema,
  ulidSchema,
} from '../model/names';
import { phaseSchema } from '../model/promotion';

/**
 * What a walk over the record of all Promotions found.
 *
 * @remarks
 * `sealed` says whether the lines carry a seal whose key is not in the database;
 * without it somebody who may write to the database could make the whole chain
 * anew.
 * @public
 */
export const auditVerificationSchema = z.discriminatedUnion('intact', [
  z.object({
    intact: z.literal(true),
    /** How many lines there are. */
    lines: z.number().int().nonnegative(),
    sealed: z.boolean(),
    checkedAt: instantSchema,
  }),
  z.object({
    intact: z.literal(false),
    /** How many lines were good before the first bad one. */
    lines: z.number().int().nonnegative(),
    /** The place of the first bad line. */
    log: z.number().int(),
    promotionId: z.string().max(100).optional(),
    reason: z.string().max(300),
    checkedAt: instantSchema,
  }),
]);
/** What a walk over the record of all Promotions found. @public */
export type AuditVerification = z.infer<typeof auditVerificationSchema>;

/**
 * One line of the record of all Promotions, as the export gives it.
 *
 * @remarks
 * `data` is the text that was hashed, so that others can check the chain.
 * @public
 */
export const auditLineSchema = z.object({
  /** The place in the log; the export goes on after it with `?after=`. */
  log: z.number().int().positive(),
  promotionId: ulidSchema,
  sequence: z.number().int().positive(),
  service: entityRefSchema,
  at: instantSchema,
  type: z.string().max(60),
  by: entityRefSchema.optional(),
  phase: phaseSchema,
  summary: z.string(),
  data: z.string(),
  hash: digestSchema,
  logHash: digestSchema,
  mac: z.string().max(80).optional(),
});
/** One line of the record of all Promotions. @public */
export type AuditLine = z.infer<typeof auditLineSchema>;
