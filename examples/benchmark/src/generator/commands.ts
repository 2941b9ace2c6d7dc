// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** The size of the world, as it is handed from process to process. */
export const worldSizeSchema = z.object({
  clusters: z.number(),
  services: z.number(),
  pods: z.number(),
});

/** What the generator is told to do. */
export const commandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('count') }),
  z.object({ do: z.literal('latency'), milliseconds: z.number() }),
  z.object({ do: z.literal('churn'), perSecond: z.number() }),
  z.object({ do: z.literal('silence'), cluster: z.number() }),
  z.object({
    do: z.literal('ready'),
    cluster: z.number(),
    namespace: z.string(),
    ready: z.number(),
  }),
]);

/** What the generator is told to do. */
export type Command = z.infer<typeof commandSchema>;

/** What the generator served so far. */
export const countSchema = z.object({
  requests: z.number(),
  bytes: z.number(),
  at: z.number(),
});

/** What the generator served so far. */
export type Count = z.infer<typeof countSchema>;
