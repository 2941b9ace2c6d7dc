// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { observationSchema } from 'backstage-plugin-delivery-common';
import { z } from 'zod';

/** Where a worker kills itself: at a commit, or at a call of the CD engine. */
export const crashPointSchema = z.object({
  kind: z.enum(['event', 'claim', 'call']),
  /** The type of the event, or the method of the engine; empty for a claim. */
  name: z.string(),
  when: z.enum(['before', 'after']),
  /** The how-manieth of its kind; 1 is the first. */
  nth: z.number().int().positive(),
});
/** Where a worker kills itself. */
export type CrashPoint = z.infer<typeof crashPointSchema>;

const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** What the parent asks of a worker. */
export const orderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('open'),
    database: z.string(),
    gate: z.string(),
    now: z.number(),
    crash: crashPointSchema.optional(),
    /** Goes by the time of the database, on a machine whose own is so wrong. */
    wrongBy: z.object({ ms: z.number(), jumps: z.boolean() }).optional(),
    /** The gates before staging, when not the usual ones. */
    gates: z.array(jsonObjectSchema).optional(),
  }),
  /** What would be decided now. */
  z.object({
    kind: z.literal('ask'),
    now: z.number(),
    release: z.number(),
    environment: z.string(),
  }),
  z.object({
    kind: z.literal('round'),
    now: z.number(),
    observations: z.array(observationSchema),
    sweep: z.boolean(),
  }),
  z.object({
    kind: z.literal('request'),
    now: z.number(),
    by: z.string(),
    release: z.number(),
    environment: z.string(),
    key: z.string(),
  }),
  z.object({
    kind: z.literal('approve'),
    now: z.number(),
    by: z.string(),
    promotionId: z.string(),
  }),
  z.object({
    kind: z.literal('cancel'),
    now: z.number(),
    by: z.string(),
    promotionId: z.string(),
  }),
  z.object({
    kind: z.literal('resolve'),
    now: z.number(),
    by: z.string(),
    promotionId: z.string(),
    /** The execution to adopt; none exists when it is left out. */
    executionId: z.string().optional(),
  }),
  z.object({
    kind: z.literal('contend'),
    now: z.number(),
    promotionIds: z.array(z.string()),
  }),
  z.object({ kind: z.literal('build'), now: z.number(), release: z.number() }),
  /** CI is that far; nobody is told. */
  z.object({ kind: z.literal('built'), now: z.number(), release: z.number() }),
  /** Somebody says that something is new. */
  z.object({ kind: z.literal('hint'), now: z.number() }),
  z.object({
    kind: z.literal('claim'),
    now: z.number(),
    executionId: z.string(),
    promotionId: z.string().optional(),
  }),
  z.object({
    kind: z.literal('claim-status'),
    now: z.number(),
    executionId: z.string(),
  }),
  z.object({
    kind: z.literal('claim-cancel'),
    now: z.number(),
    executionId: z.string(),
  }),
]);
/** What the parent asks of a worker. */
export type Order = z.infer<typeof orderSchema>;
/** An order as it is written, with what may be left out. */
export type NewOrder = z.input<typeof orderSchema>;

/** What a worker answers: a value, or the name and message of an error. */
export const answerSchema = z.object({
  id: z.number(),
  value: z.unknown().optional(),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
});
