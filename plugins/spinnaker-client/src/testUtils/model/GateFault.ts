// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/**
 * Something that goes wrong between a caller and Gate.
 *
 * @remarks
 * `before` means that Gate has not done what was asked, `after` that it has and only the
 * answer is missing.
 *
 * @public
 */
export const gateFaultSchema = z.object({
  /** Only calls of this method. */
  method: z.string().optional(),
  /** Only paths that this regular expression is found in. */
  path: z.string().optional(),
  /** How often; for ever when absent. */
  times: z.number().int().positive().optional(),
  effect: z.discriminatedUnion('kind', [
    /** Answers later. */
    z.object({ kind: z.literal('slow'), ms: z.number() }),
    /** Answers this status. */
    z.object({
      kind: z.literal('status'),
      status: z.number(),
      when: z.enum(['before', 'after']),
    }),
    /** Closes the connection without an answer. */
    z.object({ kind: z.literal('reset'), when: z.enum(['before', 'after']) }),
    /** Never answers. */
    z.object({ kind: z.literal('hang'), when: z.enum(['before', 'after']) }),
    /** Arrives twice at the same moment, so that a start is carried out twice. */
    z.object({ kind: z.literal('twice') }),
    /** Executions started by matching calls cannot be read for a while. */
    z.object({ kind: z.literal('invisible'), ms: z.number() }),
  ]),
});

/** Something that goes wrong between a caller and Gate. @public */
export type GateFault = z.infer<typeof gateFaultSchema>;
