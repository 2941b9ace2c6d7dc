// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { scanCountsSchema, testCountsSchema } from '../model/evidence';
import { commitIdSchema, digestSchema, instantSchema } from '../model/names';
import { commitSchema } from '../model/release';

/**
 * `delivery-image.json`, archived by the Jenkins job `image`.
 *
 * @remarks
 * It is the only source of evidence: what Git says of tests or scans does not
 * count. Unknown keys are dropped.
 * @public
 */
export const imageRecordSchema = z.object({
  schema: z.literal('delivery.image/v1'),
  image: z.object({
    name: z.string().min(1).max(300),
    tag: z
      .string()
      .min(1)
      .max(128)
      .refine(tag => tag !== 'latest', { message: 'must not be latest' }),
    digest: digestSchema,
  }),
  base: z.object({ reference: z.string().max(400), digest: digestSchema }),
  source: z.object({
    repository: z.string().max(1000),
    commit: commitIdSchema,
    branch: z.string().max(300),
  }),
  change: z.enum(['source', 'base-image']),
  commits: z.array(commitSchema).max(50).default([]),
  unitTests: testCountsSchema.optional(),
  imageTest: testCountsSchema.optional(),
  scan: scanCountsSchema.optional(),
  build: z.object({
    job: z.string().max(300),
    number: z.number().int().positive(),
  }),
  builtAt: instantSchema,
});
/** `delivery-image.json`, archived by the Jenkins job `image`. @public */
export type ImageRecord = z.infer<typeof imageRecordSchema>;
