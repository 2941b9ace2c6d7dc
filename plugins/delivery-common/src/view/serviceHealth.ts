// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { entityRefSchema, instantSchema } from '../model/names';
import { doctorFindingSchema } from './doctorReport';

/**
 * What delivery of one Service lacks, and how to mend it.
 *
 * @remarks
 * `state` is `ok` without findings, `incomplete` when something must be set up,
 * and `unreachable` when everything is set up and something does not answer.
 * @public
 */
export const serviceHealthSchema = z.object({
  service: entityRefSchema,
  checkedAt: instantSchema,
  state: z.enum(['ok', 'incomplete', 'unreachable']),
  /** Worst first. */
  findings: z.array(doctorFindingSchema),
});
/** What delivery of one Service lacks, and how to mend it. @public */
export type ServiceHealth = z.infer<typeof serviceHealthSchema>;
