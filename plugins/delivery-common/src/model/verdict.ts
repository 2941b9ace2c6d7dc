// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { entityRefSchema, instantSchema, webUrlSchema } from './names';

/** What a Gate says of one Promotion now. @public */
export const verdictSchema = z.object({
  status: z.enum(['pass', 'wait', 'fail', 'unknown']),
  /** One sentence for the person who reads it. */
  reason: z.string().max(500),
  /** From when the Gate passes by itself, when that can be known. */
  earliest: instantSchema.optional(),
  /** Who can make it pass. */
  canAct: z.array(entityRefSchema).max(50).optional(),
  evidence: z
    .array(
      z.object({
        title: z.string().max(120),
        value: z.string().max(200).optional(),
        url: webUrlSchema.optional(),
        at: instantSchema.optional(),
      }),
    )
    .max(20)
    .optional(),
  fix: z
    .object({ title: z.string().max(120), url: z.string().max(2048) })
    .optional(),
});
/** What a Gate says of one Promotion now. @public */
export type Verdict = z.infer<typeof verdictSchema>;

/** A Verdict together with the Gate that gave it. @public */
export const gateVerdictSchema = verdictSchema.extend({
  /** The Gate's id within its Environment, its type where it is the only one. */
  gate: z.string().max(60),
  type: z.string().max(60),
  title: z.string().max(80),
  /** A Gate in `audit` mode is shown and does not count. */
  mode: z.enum(['enforce', 'audit']).optional(),
  /** Whether a person with the right may let it pass (break glass). */
  overridable: z.boolean().optional(),
  /** Who let it pass; then it counts as passed. */
  overriddenBy: entityRefSchema.optional(),
});
/** A Verdict together with the Gate that gave it. @public */
export type GateVerdict = z.infer<typeof gateVerdictSchema>;

/**
 * All Verdicts together.
 *
 * @remarks
 * `earliest` is the last of the Gates' times, and absent as soon as a person is
 * needed or a time is not known.
 * @public
 */
export const decisionSchema = z.object({
  outcome: z.enum(['proceed', 'wait', 'stop']),
  reason: z.string().max(500),
  earliest: instantSchema.optional(),
  canAct: z.array(entityRefSchema).max(50).optional(),
  verdicts: z.array(gateVerdictSchema),
  decidedAt: instantSchema,
});
/** All Verdicts together. @public */
export type Decision = z.infer<typeof decisionSchema>;
