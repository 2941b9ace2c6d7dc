// SPDX-License-Identifier: Apache-2.0
import type {
  AuditorService,
  AuthService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  AcknowledgementBody,
  ApprovalBody,
  CancellationBody,
  HoldBody,
  MarkBody,
  ResolutionBody,
  ReviewBody,
} from 'backstage-plugin-delivery-common';
import type { LaneKey } from '../database/lanes';
import type {
  ActOptions,
  ParsedOverrideBody,
  ParsedPromotionRequest,
  PromotionService,
} from './PromotionService';

/** Makes an auditor event of every write, refused ones included. */
export class AuditedPromotionService implements PromotionService {
  readonly #inner: PromotionService;
  readonly #auditor: AuditorService;
  readonly #auth: AuthService;

  constructor(
    inner: PromotionService,
    options: { auditor: AuditorService; auth: AuthService },
  ) {
    this.#inner = inner;
    this.#auditor = options.auditor;
    this.#auth = options.auth;
  }

  preview(
    request: ParsedPromotionRequest,
    options: ActOptions & { at?: Date },
  ) {
    return this.#inner.preview(request, options);
  }

  async request(
    request: ParsedPromotionRequest & { idempotencyKey: string },
    options: ActOptions,
  ) {
    const { environment, kind, reason, releaseId, service } = request;
    return this.#audit(
      'promotion-request',
      { service, environment, releaseId, kind, reason },
      options,
      () => this.#inner.request(request, options),
      promotion => ({ promotionId: promotion.id, number: promotion.number }),
    );
  }

  async decide(promotionId: string, body: ApprovalBody, options: ActOptions) {
    const { reason, verdict } = body;
    const subject = body.verdict === 'withdraw' ? undefined : body.subject;
    await this.#audit(
      'promotion-decide',
      { promotionId, queryType: verdict, subject, reason },
      options,
      () => this.#inner.decide(promotionId, body, options),
    );
  }

  async override(
    promotionId: string,
    body: ParsedOverrideBody,
    options: ActOptions,
  ) {
    const { gates, reason, subject, ticket } = body;
    await this.#audit(
      'promotion-override',
      { promotionId, gates, reason, subject, ticket },
      options,
      () => this.#inner.override(promotionId, body, options),
    );
  }

  async review(overrideId: string, body: ReviewBody, options: ActOptions) {
    await this.#audit(
      'override-review',
      { overrideId, note: body.note },
      options,
      () => this.#inner.review(overrideId, body, options),
    );
  }

  async hold(lane: LaneKey, body: HoldBody, options: ActOptions) {
    const { environment, service } = lane;
    await this.#audit(
      'lane-hold',
      { service, environment, ...body },
      options,
      () => this.#inner.hold(lane, body, options),
    );
  }

  async mark(
    release: { service: string; number: number },
    body: MarkBody,
    options: ActOptions,
  ) {
    const { number, service } = release;
    await this.#audit(
      'release-mark',
      { service, number, ...body },
      options,
      () => this.#inner.mark(release, body, options),
    );
  }

  async cancel(
    promotionId: string,
    body: CancellationBody,
    options: ActOptions,
  ) {
    await this.#audit(
      'promotion-cancel',
      { promotionId, reason: body.reason },
      options,
      () => this.#inner.cancel(promotionId, body, options),
    );
  }

  async resolve(
    promotionId: string,
    body: ResolutionBody,
    options: ActOptions,
  ) {
    await this.#audit(
      'promotion-resolve',
      { promotionId, queryType: body.resolution, reason: body.reason },
      options,
      () => this.#inner.resolve(promotionId, body, options),
    );
  }

  async acknowledge(
    lane: LaneKey,
    body: AcknowledgementBody,
    options: ActOptions,
  ) {
    await this.#audit(
      'outside-change-acknowledge',
      { ...lane, id: body.id, reason: body.reason },
      options,
      () => this.#inner.acknowledge(lane, body, options),
    );
  }

  async liftHold(lane: LaneKey, body: CancellationBody, options: ActOptions) {
    await this.#audit(
      'hold-lift',
      { ...lane, reason: body.reason },
      options,
      () => this.#inner.liftHold(lane, body, options),
    );
  }

  async #audit<T>(
    eventId: string,
    meta: JsonObject,
    { credentials, request }: ActOptions,
    act: () => Promise<T>,
    result: (value: T) => JsonObject = () => ({}),
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      request,
      meta: this.#auth.isPrincipal(credentials, 'user')
        ? { ...meta, by: credentials.principal.userEntityRef }
        : meta,
    });
    try {
      const value = await act();
      await event.success({ meta: result(value) });
      return value;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}
