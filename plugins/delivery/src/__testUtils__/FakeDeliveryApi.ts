// SPDX-License-Identifier: Apache-2.0
import type {
  AcknowledgementBody,
  ApprovalBody,
  ApprovalRequest,
  BuildSummary,
  CancellationBody,
  DeliveryApi,
  HistoryEntry,
  ListedRelease,
  Page,
  Promotion,
  PromotionDetail,
  PromotionPreview,
  PromotionRequest,
  ReleaseDiff,
  ResolutionBody,
  ServiceDelivery,
  WorkloadLogs,
  ServiceOverview,
} from 'backstage-plugin-delivery-common';
import { NotFoundError } from '@backstage/errors';
import { decision, PASSING } from './decisions';
import { normal } from './deliveries';
import { digest } from './ids';
import { overviews } from './overviews';
import { builds, diff, history } from './records';
import { releases } from './releases';
import { approvalRequest, promotionDetail } from './requests';

/** What was asked of the fake, in order. */
export type RecordedCall = { act: string; subject: string; body: unknown };

/**
 * Delivery in memory, for tests and the gallery.
 *
 * @remarks
 * What it answers is public and may be changed between calls; every write is
 * recorded in `calls`. Set `failure` to make the next calls fail.
 */
export class FakeDeliveryApi implements DeliveryApi {
  service: ServiceDelivery;
  services: ServiceOverview[] = overviews;
  releases: ListedRelease[] = releases;
  history: HistoryEntry[] = history;
  builds: BuildSummary[] = builds;
  approvals: Record<'waiting' | 'asked' | 'decided', ApprovalRequest[]> = {
    waiting: [approvalRequest()],
    asked: [],
    decided: [],
  };
  promotion: PromotionDetail = promotionDetail();
  preview: PromotionPreview = {
    decision: decision(PASSING),
    subject: digest('99'),
    acceptable: true,
  };
  /** Thrown by every read while it is set. */
  readFailure: Error | undefined;
  /** Thrown by every write while it is set. */
  writeFailure: Error | undefined;
  readonly calls: RecordedCall[] = [];
  reads = 0;

  constructor(service: ServiceDelivery = normal) {
    this.service = service;
  }

  async listServices(): Promise<Page<ServiceOverview>> {
    return this.#read({ items: this.services });
  }

  async getService(service: string): Promise<ServiceDelivery> {
    this.reads += 1;
    const answer = this.#read(this.service);
    if (answer.service !== service) {
      throw new NotFoundError(`There is no service ${service}`);
    }
    return answer;
  }

  async listReleases(): Promise<Page<ListedRelease>> {
    return this.#read({ items: this.releases });
  }

  async listHistory(): Promise<Page<HistoryEntry>> {
    return this.#read({ items: this.history });
  }

  async getLogs(
    _service: string,
    request: { environment: string; pod?: string; previous?: boolean },
  ): Promise<WorkloadLogs> {
    return this.#read({
      pods: [
        { name: 'orders-1', ready: false, restarts: 3 },
        { name: 'orders-2', ready: true, restarts: 0 },
      ],
      pod: request.pod ?? 'orders-1',
      previous: request.previous ?? false,
      text: `Log of ${request.environment}`,
      truncated: false,
    });
  }

  async listBuilds(): Promise<Page<BuildSummary>> {
    return this.#read({ items: this.builds });
  }

  async getDiff(
    _service: string,
    request: { environment: string; to: string },
  ): Promise<ReleaseDiff> {
    const number = Number(request.to.replace('release-', ''));
    return this.#read(diff(request.environment, number));
  }

  async previewPromotion(request: PromotionRequest): Promise<PromotionPreview> {
    this.calls.push({
      act: 'preview',
      subject: request.environment,
      body: request,
    });
    return this.#read(this.preview);
  }

  async createPromotion(
    request: PromotionRequest & { idempotencyKey: string },
  ): Promise<Promotion> {
    this.#write('promote', request.environment, request);
    return this.promotion;
  }

  async listPromotions(): Promise<Page<Promotion>> {
    return this.#read({ items: [this.promotion] });
  }

  async getPromotion(id: string): Promise<PromotionDetail> {
    const answer = this.#read(this.promotion);
    if (answer.id !== id) {
      throw new NotFoundError(`There is no promotion ${id}`);
    }
    return answer;
  }

  async decide(id: string, body: ApprovalBody): Promise<PromotionDetail> {
    this.#write('decide', id, body);
    return this.promotion;
  }

  async cancel(id: string, body: CancellationBody): Promise<PromotionDetail> {
    this.#write('cancel', id, body);
    return this.promotion;
  }

  async resolve(id: string, body: ResolutionBody): Promise<PromotionDetail> {
    this.#write('resolve', id, body);
    return this.promotion;
  }

  async override(id: string, body: object): Promise<PromotionDetail> {
    this.#write('override', id, body);
    return this.promotion;
  }

  async review(id: string, body: object): Promise<void> {
    this.#write('review', id, body);
  }

  async hold(
    _service: string,
    environment: string,
    body: object,
  ): Promise<void> {
    this.#write('hold', environment, body);
  }

  async markRelease(
    _service: string,
    number: number,
    body: object,
  ): Promise<void> {
    this.#write('mark', `${number}`, body);
  }

  async acknowledge(
    _service: string,
    environment: string,
    body: AcknowledgementBody,
  ): Promise<void> {
    this.#write('acknowledge', environment, body);
  }

  async liftHold(
    _service: string,
    environment: string,
    body: CancellationBody,
  ): Promise<void> {
    this.#write('lift-hold', environment, body);
  }

  async listApprovals(request: {
    view: 'waiting' | 'asked' | 'decided';
  }): Promise<Page<ApprovalRequest>> {
    return this.#read({ items: this.approvals[request.view] });
  }

  #read<T>(answer: T): T {
    if (this.readFailure) {
      throw this.readFailure;
    }
    return answer;
  }

  #write(act: string, subject: string, body: unknown): void {
    this.calls.push({ act, subject, body });
    if (this.writeFailure) {
      throw this.writeFailure;
    }
  }
}
