// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { environmentNameSchema, instantSchema } from '../model/names';
import { releaseSchema } from '../model/release';

/** A Release as the list shows it: with what became of it in each Environment. @public */
export const listedReleaseSchema = releaseSchema.extend({
  /**
   * The Environments it entered, each once with the last outcome. Absent when
   * the backend does not say, which is not the same as none.
   */
  environments: z
    .array(
      z.object({
        name: environmentNameSchema,
        outcome: z.enum(['running', 'verified', 'failed']),
        at: instantSchema,
      }),
    )
    .optional(),
});
/** A Release as the list shows it: with what became of it in each Environment. @public */
export type ListedRelease = z.infer<typeof listedReleaseSchema>;
