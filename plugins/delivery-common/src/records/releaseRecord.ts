// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  chartVersionSchema,
  commitIdSchema,
  digestSchema,
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
} from '../model/names';
import {
  changeKindSchema,
  commitSchema,
  releaseImageSchema,
} from '../model/release';

/**
 * `delivery-release.json`, archived by the Jenkins job `chart`.
 *
 * @remarks
 * `service` names the entity it was built for; a record that names another one
 * is not read. `chart.repository` is empty where the chart is in none: then the
 * build archived the package itself. `values.files` holds the SHA-256 of the bytes of each
 * `values-<environment>.yaml` at `values.commit`. An image's `builtBy` names the
 * build whose `delivery-image.json` vouches for the digest.
 * @public
 */
export const releaseRecordSchema = z
  .object({
    schema: z.literal('delivery.release/v1'),
    service: entityRefSchema,
    number: z.number().int().positive(),
    chart: z.object({
      name: z.string().min(1).max(100),
      version: chartVersionSchema,
      digest: digestSchema,
      repository: z.string().max(1000),
    }),
    values: z.object({
      repository: z.string().max(1000),
      commit: commitIdSchema,
      files: z.record(environmentNameSchema, digestSchema),
    }),
    images: z
      .array(
        releaseImageSchema.extend({
          builtBy: z
            .object({
              job: z.string().max(300),
              number: z.number().int().positive(),
            })
            .optional(),
        }),
      )
      .min(1)
      .max(20),
    change: z.object({
      kind: changeKindSchema,
      commits: z.array(commitSchema).max(50),
    }),
    build: z.object({
      job: z.string().max(300),
      number: z.number().int().positive(),
    }),
    builtAt: instantSchema,
  })
  .refine(record => record.chart.version.endsWith(`.${record.number}`), {
    message: 'must end in the Release number',
    path: ['chart', 'version'],
  });
/** `delivery-release.json`, archived by the Jenkins job `chart`. @public */
export type ReleaseRecord = z.infer<typeof releaseRecordSchema>;
