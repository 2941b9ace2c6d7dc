// SPDX-License-Identifier: Apache-2.0
import type { ApprovalRequest } from '../view/approvalRequest';
import type { BuildSummary } from '../view/buildSummary';
import type { HistoryEntry } from '../view/historyEntry';
import type { ListedRelease } from '../view/listedRelease';
import type { Page } from '../view/page';
import type { PromotionDetail } from '../view/promotionDetail';
import type { ReleaseDiff } from '../view/releaseDiff';
import type { ServiceDelivery } from '../view/serviceDelivery';
import type { ServiceOverview } from '../view/serviceOverview';
import type { WorkloadLogs } from '../view/workloadLogs';
import type { Decision } from '../model/verdict';
import type { Promotion, Phase } from '../model/promotion';
import type {
  AcknowledgementBody,
  ApprovalBody,
  CancellationBody,
  HoldBody,
  MarkBody,
  OverrideBody,
  PromotionRequest,
  ResolutionBody,
  ReviewBody,
} from './requests';

/** What may go with each call. @public */
export type DeliveryRequestOptions = {
  /** Sent as bearer; the portal's own fetch adds it by itself. */
  token?: string;
  signal?: AbortSignal;
};

/** Which page of a list. @public */
export type PageRequest = { cursor?: string; limit?: number };

/** The answer to a dry run: the Decision and the subject it was made for. @public */
export type PromotionPreview = {
  decision: Decision;
  subject: string;
  /** Whether a request now would be accepted and wait or start. */
  acceptable: boolean;
};

/**
 * Delivery as other code sees it.
 *
 * @remarks
 * Every call fails with a `ResponseError`-like error of `@backstage/errors`
 * whose `name` says which (InputError, NotFoundError, ConflictError,
 * NotAllowedError).
 * @public
 */
export interface DeliveryApi {
  listServices(
    request: PageRequest & { filter?: string; condition?: string },
    options?: DeliveryRequestOptions,
  ): Promise<Page<ServiceOverview>>;
  getService(
    service: string,
    options?: DeliveryRequestOptions,
  ): Promise<ServiceDelivery>;
  listReleases(
    service: string,
    request: PageRequest,
    options?: DeliveryRequestOptions,
  ): Promise<Page<ListedRelease>>;
  listHistory(
    service: string,
    request: PageRequest,
    options?: DeliveryRequestOptions,
  ): Promise<Page<HistoryEntry>>;
  listBuilds(
    service: string,
    request: PageRequest,
    options?: DeliveryRequestOptions,
  ): Promise<Page<BuildSummary>>;
  /** Asks the cluster; for the Pod that fails, or the first one, when none is named. */
  getLogs(
    service: string,
    request: { environment: string; pod?: string; previous?: boolean },
    options?: DeliveryRequestOptions,
  ): Promise<WorkloadLogs>;
  /** `from` is left out to compare with what runs in the Environment. */
  getDiff(
    service: string,
    request: { environment: string; to: string; from?: string },
    options?: DeliveryRequestOptions,
  ): Promise<ReleaseDiff>;
  /** With `at` it says what would be decided then, were all else as it is now. */
  previewPromotion(
    request: PromotionRequest & { at?: string },
    options?: DeliveryRequestOptions,
  ): Promise<PromotionPreview>;
  createPromotion(
    request: PromotionRequest & { idempotencyKey: string },
    options?: DeliveryRequestOptions,
  ): Promise<Promotion>;
  listPromotions(
    request: PageRequest & {
      service?: string;
      environment?: string;
      phase?: Phase;
    },
    options?: DeliveryRequestOptions,
  ): Promise<Page<Promotion>>;
  getPromotion(
    id: string,
    options?: DeliveryRequestOptions,
  ): Promise<PromotionDetail>;
  decide(
    promotionId: string,
    body: ApprovalBody,
    options?: DeliveryRequestOptions,
  ): Promise<PromotionDetail>;
  cancel(
    promotionId: string,
    body: CancellationBody,
    options?: DeliveryRequestOptions,
  ): Promise<PromotionDetail>;
  resolve(
    promotionId: string,
    body: ResolutionBody,
    options?: DeliveryRequestOptions,
  ): Promise<PromotionDetail>;
  /** Lets named Gates pass, to be reviewed by somebody else. */
  override(
    promotionId: string,
    body: OverrideBody,
    options?: DeliveryRequestOptions,
  ): Promise<PromotionDetail>;
  review(
    overrideId: string,
    body: ReviewBody,
    options?: DeliveryRequestOptions,
  ): Promise<void>;
  hold(
    service: string,
    environment: string,
    body: HoldBody,
    options?: DeliveryRequestOptions,
  ): Promise<void>;
  markRelease(
    service: string,
    number: number,
    body: MarkBody,
    options?: DeliveryRequestOptions,
  ): Promise<void>;
  acknowledge(
    service: string,
    environment: string,
    body: AcknowledgementBody,
    options?: DeliveryRequestOptions,
  ): Promise<void>;
  liftHold(
    service: string,
    environment: string,
    body: CancellationBody,
    options?: DeliveryRequestOptions,
  ): Promise<void>;
  listApprovals(
    request: { view: 'waiting' | 'asked' | 'decided' },
    options?: DeliveryRequestOptions,
  ): Promise<Page<ApprovalRequest>>;
}
