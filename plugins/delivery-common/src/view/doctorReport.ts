// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { entityRefSchema, instantSchema } from '../model/names';

/**
 * One thing that is wrong with the set-up, and how to mend it.
 *
 * @remarks
 * `error`: something can never work as it is. `warning`: it works, and probably
 * not as it was meant. `unknown`: it could not be looked at.
 * @public
 */
export const doctorFindingSchema = z.object({
  severity: z.enum(['error', 'warning', 'unknown']),
  /** Where it is: `prod/approvals`, `kubernetes/local`, `spinnaker/claims`. */
  subject: z.string().max(200),
  /** The key in the configuration: `delivery.environments[2].gates[0]`. */
  key: z.string().max(300).optional(),
  /** What is wrong, in one sentence. */
  detail: z.string().max(600),
  /** What to do about it. */
  fix: z.string().max(400).optional(),
  /** How many Services it concerns; absent when it concerns the set-up itself. */
  services: z
    .object({
      count: z.number().int().positive(),
      /** The first few of them. */
      examples: z.array(entityRefSchema).max(5),
    })
    .optional(),
});
/** One thing that is wrong with the set-up, and how to mend it. @public */
export type DoctorFinding = z.infer<typeof doctorFindingSchema>;

/** What is wrong with the set-up of delivery, worst first. @public */
export const doctorReportSchema = z.object({
  checkedAt: instantSchema,
  /** How many Services were looked at. */
  services: z.number().int().nonnegative(),
  findings: z.array(doctorFindingSchema),
});
/** What is wrong with the set-up of delivery, worst first. @public */
export type DoctorReport = z.infer<typeof doctorReportSchema>;
