// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  digestSchema,
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
  ulidSchema,
  webUrlSchema,
} from './names';
import { promotionKindSchema } from './promotionKind';

/** Where a Promotion is in its life. @public */
export const phaseSchema = z.enum([
  'waiting',
  'starting',
  'running',
  'verifying',
  'succeeded',
  'rejected',
  'failed',
  'cancelled',
  'superseded',
  'expired',
  'needs-attention',
]);
/** Where a Promotion is in its life. @public */
export type Phase = z.infer<typeof phaseSchema>;

/** The phases in which a Promotion has ended for good. @public */
export const FINAL_PHASES: readonly Phase[] = [
  'succeeded',
  'rejected',
  'failed',
  'cancelled',
  'superseded',
  'expired',
];

/** The phases in which a Promotion holds its lane. @public */
export const LANE_PHASES: readonly Phase[] = [
  'starting',
  'running',
  'verifying',
  'needs-attention',
];

/** Whether a Promotion in this phase has ended for good. @public */
export function isFinal(phase: Phase): boolean {
  return FINAL_PHASES.includes(phase);
}

/** A run of a CD engine. @public */
export const executionRefSchema = z.object({
  engine: z.string().max(40),
  id: z.string().max(100),
  url: webUrlSchema.optional(),
});
/** A run of a CD engine. @public */
export type ExecutionRef = z.infer<typeof executionRefSchema>;

/** The step of an Execution or of its rollout that people see. @public */
export const progressSchema = z.object({
  step: z.string().max(120),
  message: z.string().max(600).optional(),
  ready: z.number().int().nonnegative().optional(),
  desired: z.number().int().nonnegative().optional(),
});
/** The step of an Execution or of its rollout that people see. @public */
export type Progress = z.infer<typeof progressSchema>;

/** The request to bring a Release into an Environment, and where it stands. @public */
export const promotionSchema = z.object({
  id: ulidSchema,
  /** Shown: "Promotion 322". */
  number: z.number().int().positive(),
  service: entityRefSchema,
  environment: environmentNameSchema,
  releaseId: z.string(),
  releaseNumber: z.number().int().positive(),
  kind: promotionKindSchema,
  /** Absent when nobody asked: an automatic Promotion or an automatic rollback. */
  requestedBy: entityRefSchema.optional(),
  reason: z.string(),
  ticket: z.string().max(200).optional(),
  phase: phaseSchema,
  /** Why it is in this phase, in one sentence. */
  phaseReason: z.string().max(1000).optional(),
  subject: digestSchema,
  attempt: z.number().int().nonnegative(),
  correlationId: z.string().optional(),
  execution: executionRefSchema.optional(),
  progress: progressSchema.optional(),
  cancelRequested: z
    .object({
      by: entityRefSchema.optional(),
      at: instantSchema,
      reason: z.string(),
    })
    .optional(),
  version: z.number().int().nonnegative(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  scheduledFor: instantSchema.optional(),
  expiresAt: instantSchema,
});
/** The request to bring a Release into an Environment, and where it stands. @public */
export type Promotion = z.infer<typeof promotionSchema>;

/** One line of a Promotion's record. @public */
export const promotionEventSchema = z.object({
  sequence: z.number().int().positive(),
  at: instantSchema,
  type: z.string().max(60),
  by: entityRefSchema.optional(),
  summary: z.string().max(1000),
  phase: phaseSchema,
  hash: digestSchema,
});
/** One line of a Promotion's record. @public */
export type PromotionEvent = z.infer<typeof promotionEventSchema>;
