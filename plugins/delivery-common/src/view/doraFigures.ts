// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { entityRefSchema, instantSchema } from '../model/names';

const durationsSchema = z.object({
  /** How many were measured. */
  count: z.number().int().nonnegative(),
  /** Milliseconds; absent when nothing was measured. */
  median: z.number().nonnegative().optional(),
  /** Nine in ten took at most this long; milliseconds. */
  p90: z.number().nonnegative().optional(),
});

/**
 * The four figures by which delivery is measured, for Environments of the tier
 * `production`.
 *
 * @remarks
 * A figure without anything to count is absent, never zero.
 * @public
 */
export const doraFiguresSchema = z.object({
  /** From the oldest commit of a Release (its build when no commit has a time) to verified. */
  leadTime: durationsSchema,
  deployments: z.object({
    /** Forward and automatic ones that ended verified. */
    count: z.number().int().nonnegative(),
    perDay: z.number().nonnegative(),
  }),
  changeFailure: z.object({
    /** Forward and automatic ones that ended, either way. */
    changes: z.number().int().nonnegative(),
    /** Of these, the ones that failed or were rolled back afterwards. */
    failed: z.number().int().nonnegative(),
    rate: z.number().min(0).max(1).optional(),
  }),
  /** From a failure to the next verified Deployment of that lane. */
  timeToRestore: durationsSchema.extend({
    /** Failures that nothing has followed yet. */
    open: z.number().int().nonnegative(),
  }),
});
/** The four figures by which delivery is measured. @public */
export type DoraFigures = z.infer<typeof doraFiguresSchema>;

/** The four figures, of all Services that may be seen together and of each. @public */
export const doraReportSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  all: doraFiguresSchema,
  /** The Services with a Deployment into production in that time, by name. */
  services: z.array(
    z.object({ service: entityRefSchema, figures: doraFiguresSchema }),
  ),
});
/** The four figures, of all Services together and of each. @public */
export type DoraReport = z.infer<typeof doraReportSchema>;
