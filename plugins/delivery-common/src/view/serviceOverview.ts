// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
  ulidSchema,
} from '../model/names';
import { healthSchema } from '../model/observation';

/** What is worst about a Service, worst first. @public */
export const serviceConditionSchema = z.enum([
  'needs-attention',
  'unhealthy',
  'drifted',
  'not-seen',
  'blocked',
  'in-flight',
  'behind',
  'same',
  'not-on-path',
]);
/** What is worst about a Service. @public */
export type ServiceCondition = z.infer<typeof serviceConditionSchema>;

/** One row of the overview. @public */
export const serviceOverviewSchema = z.object({
  service: entityRefSchema,
  title: z.string(),
  owner: entityRefSchema.optional(),
  system: z.string().optional(),
  condition: serviceConditionSchema,
  environments: z.array(
    z.object({
      name: environmentNameSchema,
      health: healthSchema,
      stale: z.boolean(),
      release: z.number().int().positive().optional(),
      since: instantSchema.optional(),
      behind: z.number().int().nonnegative().optional(),
      promotion: z
        .object({
          id: ulidSchema,
          phase: z.string(),
          releaseNumber: z.number().int().positive(),
        })
        .optional(),
    }),
  ),
});
/** One row of the overview. @public */
export type ServiceOverview = z.infer<typeof serviceOverviewSchema>;
