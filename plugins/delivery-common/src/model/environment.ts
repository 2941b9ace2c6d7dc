// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { environmentNameSchema } from './names';

/** What kind of place an Environment is. @public */
export const tierSchema = z.enum(['development', 'staging', 'production']);
/** What kind of place an Environment is. @public */
export type Tier = z.infer<typeof tierSchema>;

/** An Environment as everybody may see it: no accounts, no credentials. @public */
export const environmentSchema = z.object({
  name: environmentNameSchema,
  tier: tierSchema,
  after: z.array(environmentNameSchema),
  entry: z.enum(['automatic', 'requested']),
  cluster: z.string(),
  namespace: z.string(),
});
/** An Environment as everybody may see it. @public */
export type Environment = z.infer<typeof environmentSchema>;
