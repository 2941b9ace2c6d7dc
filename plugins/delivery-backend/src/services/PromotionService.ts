// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AcknowledgementBody,
  ApprovalBody,
  CancellationBody,
  HoldBody,
  MarkBody,
  Promotion,
  PromotionPreview,
  ResolutionBody,
  ReviewBody,
  overrideBodySchema,
  promotionRequestSchema,
} from 'backstage-plugin-delivery-common';
import type { Request } from 'express';
import type { z } from 'zod';

/** A request for a Promotion after parsing. */
export type ParsedPromotionRequest = z.output<typeof promotionRequestSchema>;

/** The body of an override after parsing. */
export type ParsedOverrideBody = z.output<typeof overrideBodySchema>;

/** On whose behalf something is done: always a user here. */
export type ActOptions = {
  credentials: BackstageCredentials;
  /** The HTTP request behind it, for the audit log, when there is one. */
  request?: Request;
};

/**
 * Everything that changes where a Service is.
 *
 * @remarks
 * Implementations throw the errors of `@backstage/errors`: `NotFoundError` for
 * what is not there, `NotAllowedError` for what the person may not,
 * `ConflictError` for what was seen and is no longer so.
 */
export interface PromotionService {
  /** The Decision that a request would meet now, or at a time. Changes nothing. */
  preview(
    request: ParsedPromotionRequest,
    options: ActOptions & { at?: Date },
  ): Promise<PromotionPreview>;
  /** Makes the Promotion; the same key of the same person gives the same one. */
  request(
    request: ParsedPromotionRequest & { idempotencyKey: string },
    options: ActOptions,
  ): Promise<Promotion>;
  /** Approves or rejects. */
  decide(
    promotionId: string,
    body: ApprovalBody,
    options: ActOptions,
  ): Promise<void>;
  /** Lets named Gates pass, to be reviewed by somebody else. */
  override(
    promotionId: string,
    body: ParsedOverrideBody,
    options: ActOptions,
  ): Promise<void>;
  /** Closes the review of an override; not by who made it. */
  review(
    overrideId: string,
    body: ReviewBody,
    options: ActOptions,
  ): Promise<void>;
  /** A wish once an Execution may exist. */
  cancel(
    promotionId: string,
    body: CancellationBody,
    options: ActOptions,
  ): Promise<void>;
  /** What a person found about a Promotion that needs attention. */
  resolve(
    promotionId: string,
    body: ResolutionBody,
    options: ActOptions,
  ): Promise<void>;
  /** Writes down that a person looked at a change from outside. */
  acknowledge(
    lane: { service: string; environment: string },
    body: AcknowledgementBody,
    options: ActOptions,
  ): Promise<void>;
  /** Keeps Promotions out until a person lifts the hold; rollbacks come in. */
  hold(
    lane: { service: string; environment: string },
    body: HoldBody,
    options: ActOptions,
  ): Promise<void>;
  /** Says that a Release is bad, or takes it back. */
  mark(
    release: { service: string; number: number },
    body: MarkBody,
    options: ActOptions,
  ): Promise<void>;
  /** Lets automatic Promotions in again. */
  liftHold(
    lane: { service: string; environment: string },
    body: CancellationBody,
    options: ActOptions,
  ): Promise<void>;
}
