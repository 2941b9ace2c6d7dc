// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { instantSchema, webUrlSchema } from '../model/names';
import { testCountsSchema } from '../model/evidence';

/** One Jenkins build of a Service. @public */
export const buildSummarySchema = z.object({
  job: z.string().max(300),
  number: z.number().int().positive(),
  url: webUrlSchema.optional(),
  state: z.enum(['running', 'succeeded', 'unstable', 'failed', 'aborted']),
  startedAt: instantSchema,
  /** Milliseconds; absent while it runs. */
  duration: z.number().int().nonnegative().optional(),
  cause: z.string().max(300).optional(),
  commit: z.string().max(40).optional(),
  tests: testCountsSchema.optional(),
  /** The Release it made, when it made one. */
  releaseNumber: z.number().int().positive().optional(),
});
/** One Jenkins build of a Service. @public */
export type BuildSummary = z.infer<typeof buildSummarySchema>;
