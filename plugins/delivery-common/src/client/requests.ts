// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  digestSchema,
  entityRefSchema,
  environmentNameSchema,
  instantSchema,
  reasonSchema,
} from '../model/names';

/**
 * The body of `POST /v1/promotions`.
 *
 * @remarks
 * `subject` is the fingerprint the person saw; a stale one is answered by 409
 * with the new one. With `?dryRun=true` `subject` may be left out.
 * @public
 */
export const promotionRequestSchema = z.strictObject({
  service: entityRefSchema,
  environment: environmentNameSchema,
  releaseId: z.string().min(1).max(200),
  kind: z.enum(['forward', 'rollback']).default('forward'),
  subject: digestSchema.optional(),
  reason: reasonSchema,
  ticket: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._#/-]{0,99}$/, 'must be a ticket id')
    .optional(),
  scheduledFor: instantSchema.optional(),
});
/** The body of `POST /v1/promotions`, before defaults. @public */
export type PromotionRequest = z.input<typeof promotionRequestSchema>;

/** The body of `POST /v1/promotions/:id/approvals`. @public */
export const approvalBodySchema = z.discriminatedUnion('verdict', [
  z.strictObject({
    verdict: z.literal('approve'),
    subject: digestSchema,
    reason: reasonSchema.optional(),
  }),
  z.strictObject({
    verdict: z.literal('reject'),
    subject: digestSchema,
    reason: reasonSchema,
  }),
  z.strictObject({
    verdict: z.literal('withdraw'),
    reason: reasonSchema.optional(),
  }),
]);
/** The body of `POST /v1/promotions/:id/approvals`. @public */
export type ApprovalBody = z.infer<typeof approvalBodySchema>;

/** The body of `POST /v1/promotions/:id/cancellation`. @public */
export const cancellationBodySchema = z.strictObject({ reason: reasonSchema });
/** The body of `POST /v1/promotions/:id/cancellation`. @public */
export type CancellationBody = z.infer<typeof cancellationBodySchema>;

/**
 * The body of `POST /v1/promotions/:id/resolution`: what a person who looked at
 * a Promotion that needs attention found.
 * @public
 */
export const resolutionBodySchema = z.discriminatedUnion('resolution', [
  z.strictObject({
    resolution: z.literal('adopt'),
    executionId: z.string().min(1).max(100),
    reason: reasonSchema,
  }),
  z.strictObject({
    resolution: z.literal('none-exists'),
    reason: reasonSchema,
  }),
  z.strictObject({ resolution: z.literal('cancel'), reason: reasonSchema }),
]);
/** What a person found about a Promotion that needs attention. @public */
export type ResolutionBody = z.infer<typeof resolutionBodySchema>;

/** The body of `POST /v1/promotions/:id/overrides`. @public */
export const overrideBodySchema = z.strictObject({
  gates: z.array(z.string().min(1).max(60)).min(1).max(20),
  subject: digestSchema,
  reason: reasonSchema,
  ticket: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._#/-]{0,99}$/, 'must be a ticket id')
    .optional(),
  /** Within how many hours somebody else must review it. */
  reviewWithin: z.number().int().min(1).max(720).default(48),
});
/** The body of `POST /v1/promotions/:id/overrides`, before defaults. @public */
export type OverrideBody = z.input<typeof overrideBodySchema>;

/** The body of `POST /v1/overrides/:id/review`. @public */
export const reviewBodySchema = z.strictObject({ note: reasonSchema });
/** The body of `POST /v1/overrides/:id/review`. @public */
export type ReviewBody = z.infer<typeof reviewBodySchema>;

/** The body of `POST /v1/services/…/environments/:environment/hold`. @public */
export const holdBodySchema = z.strictObject({
  /** `automatic` stops what enters by itself, `all` everything but rollbacks. */
  scope: z.enum(['automatic', 'all']),
  reason: reasonSchema,
});
/** The body of `POST /v1/services/…/environments/:environment/hold`. @public */
export type HoldBody = z.infer<typeof holdBodySchema>;

/** The body of `POST /v1/services/…/releases/:number/mark`. @public */
export const markBodySchema = z.discriminatedUnion('mark', [
  z.strictObject({ mark: z.literal('bad'), reason: reasonSchema }),
  z.strictObject({ mark: z.literal('none'), reason: reasonSchema }),
]);
/** A person says that a Release is bad, or takes it back. @public */
export type MarkBody = z.infer<typeof markBodySchema>;

/** The body of `POST /v1/services/…/environments/:environment/acknowledgement`. @public */
export const acknowledgementBodySchema = z.strictObject({
  /** The id of the change from outside that was looked at. */
  id: z.string().min(1).max(40),
  reason: reasonSchema,
});
/** A person looked at a change from outside. @public */
export type AcknowledgementBody = z.infer<typeof acknowledgementBodySchema>;

/** The body of `POST /v1/claims`, as the engine's first step sends it. @public */
export const claimBodySchema = z.object({
  executionId: z.string().min(1).max(100),
  promotionId: z.string().max(100).nullish(),
});

/** The answer to a claim, in the form that Orca polls. @public */
export const claimAnswerSchema = z.object({
  status: z.enum(['PENDING', 'ADMITTED', 'REFUSED', 'WITHDRAWN', 'EXPIRED']),
  progress: z.string(),
  links: z.object({ status: z.string() }),
});
/** The answer to a claim, in the form that Orca polls. @public */
export type ClaimAnswer = z.infer<typeof claimAnswerSchema>;
