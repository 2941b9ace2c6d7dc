// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { commitSchema, releaseSummarySchema } from '../model/release';
import { environmentNameSchema } from '../model/names';

/** What changes when one Release replaces another in one Environment. @public */
export const releaseDiffSchema = z.object({
  environment: environmentNameSchema,
  from: releaseSummarySchema.optional(),
  to: releaseSummarySchema,
  commits: z.array(commitSchema),
  values: z.discriminatedUnion('state', [
    z.object({
      state: z.literal('known'),
      file: z.string(),
      added: z.number().int().nonnegative(),
      removed: z.number().int().nonnegative(),
      /** Lines of a unified diff, without file headers. */
      lines: z.array(
        z.object({
          kind: z.enum(['context', 'added', 'removed', 'hunk']),
          text: z.string(),
          before: z.number().int().positive().optional(),
          after: z.number().int().positive().optional(),
        }),
      ),
    }),
    z.object({ state: z.literal('unknown'), reason: z.string() }),
  ]),
});
/** What changes when one Release replaces another in one Environment. @public */
export type ReleaseDiff = z.infer<typeof releaseDiffSchema>;
