// SPDX-License-Identifier: Apache-2.0
import { observationSchema } from 'backstage-plugin-delivery-common';
import { z } from 'zod';

/** What a replica is told to do. */
export const orderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('open'),
    database: z.string(),
    engine: z.string(),
  }),
  z.object({ kind: z.literal('request'), service: z.string() }),
  z.object({
    kind: z.literal('claim'),
    executionId: z.string(),
    promotionId: z.string(),
  }),
  z.object({ kind: z.literal('see'), observation: observationSchema }),
  z.object({ kind: z.literal('stop') }),
]);
/** What a replica is told to do. */
export type Order = z.infer<typeof orderSchema>;

/** An order with its number, by which the answer is known. */
export const letterSchema = z.object({ id: z.number(), order: orderSchema });

/** How an order ended. */
export const answerSchema = z.object({
  id: z.number(),
  value: z.string().optional(),
  error: z.string().optional(),
});
/** How an order ended. */
export type Answer = z.infer<typeof answerSchema>;
