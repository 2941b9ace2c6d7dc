// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
  ulidSchema,
} from '../model/names';

/** One line of a Service's history, newest first. @public */
export const historyEntrySchema = z.object({
  id: z.string(),
  at: instantSchema,
  kind: z.enum([
    'release',
    'requested',
    'approved',
    'rejected',
    'started',
    'verified',
    'failed',
    'rolled-back',
    'cancelled',
    'superseded',
    'expired',
    'changed-outside',
    'acknowledged',
    'needs-attention',
    'hold',
    'hold-lifted',
    'overridden',
    'withdrawn',
    'marked',
    'reviewed',
  ]),
  environment: environmentNameSchema.optional(),
  by: entityRefSchema.optional(),
  releaseNumber: z.number().int().positive().optional(),
  promotionId: ulidSchema.optional(),
  promotionNumber: z.number().int().positive().optional(),
  /** The sentence without the person: "approved Release 42 for prod". */
  summary: z.string().max(600),
  /** What the person wrote. */
  reason: z.string().max(1000).optional(),
});
/** One line of a Service's history. @public */
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
