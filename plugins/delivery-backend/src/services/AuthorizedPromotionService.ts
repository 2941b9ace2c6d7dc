// SPDX-License-Identifier: Apache-2.0
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  deliveryEnvironmentRef,
  deliveryPromotionApprovePermission,
  deliveryPromotionCancelPermission,
  deliveryPromotionCreatePermission,
  deliveryPromotionOverridePermission,
  deliveryReleaseMarkPermission,
  type AcknowledgementBody,
  type ApprovalBody,
  type CancellationBody,
  type EntityRef,
  type HoldBody,
  type MarkBody,
  type ResolutionBody,
  type ReviewBody,
} from 'backstage-plugin-delivery-common';
import type { LaneKey } from '../database/lanes';
import { refusal, type Abilities } from '../view/Abilities';
import type {
  ActOptions,
  ParsedOverrideBody,
  ParsedPromotionRequest,
  PromotionService,
} from './PromotionService';

const PERMISSIONS: Record<keyof Abilities, ResourcePermission> = {
  promote: deliveryPromotionCreatePermission,
  approve: deliveryPromotionApprovePermission,
  cancel: deliveryPromotionCancelPermission,
  override: deliveryPromotionOverridePermission,
};

/**
 * Lets only those act whom the permission policy allows it, on the very Service
 * and Environment that is acted on. Never remembers an answer.
 */
export class AuthorizedPromotionService implements PromotionService {
  readonly #inner: PromotionService;
  readonly #permissions: PermissionsService;
  readonly #laneOf: (promotionId: string) => Promise<LaneKey>;
  readonly #laneOfOverride: (overrideId: string) => Promise<LaneKey>;
  readonly #requireLane: (lane: LaneKey) => Promise<void>;
  readonly #ownerOf: (service: EntityRef) => Promise<EntityRef | undefined>;

  constructor(
    inner: PromotionService,
    options: {
      permissions: PermissionsService;
      /** @throws NotFoundError when there is no such Promotion. */
      laneOf(promotionId: string): Promise<LaneKey>;
      /** @throws NotFoundError when there is no such override. */
      laneOfOverride(overrideId: string): Promise<LaneKey>;
      /** @throws NotFoundError when there is no such Service or Environment. */
      requireLane(lane: LaneKey): Promise<void>;
      /** Who can be asked instead. */
      ownerOf(service: EntityRef): Promise<EntityRef | undefined>;
    },
  ) {
    this.#inner = inner;
    this.#permissions = options.permissions;
    this.#laneOf = options.laneOf;
    this.#laneOfOverride = options.laneOfOverride;
    this.#requireLane = options.requireLane;
    this.#ownerOf = options.ownerOf;
  }

  async preview(
    request: ParsedPromotionRequest,
    options: ActOptions & { at?: Date },
  ) {
    await this.#require('promote', request, options);
    return this.#inner.preview(request, options);
  }

  async request(
    request: ParsedPromotionRequest & { idempotencyKey: string },
    options: ActOptions,
  ) {
    await this.#require('promote', request, options);
    return this.#inner.request(request, options);
  }

  async decide(promotionId: string, body: ApprovalBody, options: ActOptions) {
    await this.#require('approve', await this.#laneOf(promotionId), options);
    await this.#inner.decide(promotionId, body, options);
  }

  async override(
    promotionId: string,
    body: ParsedOverrideBody,
    options: ActOptions,
  ) {
    await this.#require('override', await this.#laneOf(promotionId), options);
    await this.#inner.override(promotionId, body, options);
  }

  async review(overrideId: string, body: ReviewBody, options: ActOptions) {
    const lane = await this.#laneOfOverride(overrideId);
    await this.#require('override', lane, options);
    await this.#inner.review(overrideId, body, options);
  }

  async mark(
    release: { service: string; number: number },
    body: MarkBody,
    options: ActOptions,
  ) {
    const [answer] = await this.#permissions.authorize(
      [
        {
          permission: deliveryReleaseMarkPermission,
          resourceRef: release.service,
        },
      ],
      { credentials: options.credentials },
    );
    if (answer.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not mark releases of ${release.service} as bad.`,
      );
    }
    await this.#inner.mark(release, body, options);
  }

  async cancel(
    promotionId: string,
    body: CancellationBody,
    options: ActOptions,
  ) {
    await this.#require('cancel', await this.#laneOf(promotionId), options);
    await this.#inner.cancel(promotionId, body, options);
  }

  async resolve(
    promotionId: string,
    body: ResolutionBody,
    options: ActOptions,
  ) {
    await this.#require('cancel', await this.#laneOf(promotionId), options);
    await this.#inner.resolve(promotionId, body, options);
  }

  async acknowledge(
    lane: LaneKey,
    body: AcknowledgementBody,
    options: ActOptions,
  ) {
    await this.#requireLane(lane);
    await this.#require('cancel', lane, options);
    await this.#inner.acknowledge(lane, body, options);
  }

  async hold(lane: LaneKey, body: HoldBody, options: ActOptions) {
    await this.#requireLane(lane);
    await this.#require('cancel', lane, options);
    await this.#inner.hold(lane, body, options);
  }

  async liftHold(lane: LaneKey, body: CancellationBody, options: ActOptions) {
    await this.#requireLane(lane);
    await this.#require('cancel', lane, options);
    await this.#inner.liftHold(lane, body, options);
  }

  async #require(
    act: keyof Abilities,
    { environment, service }: LaneKey,
    { credentials }: ActOptions,
  ): Promise<void> {
    const [answer] = await this.#permissions.authorize(
      [
        {
          permission: PERMISSIONS[act],
          resourceRef: deliveryEnvironmentRef(service, environment),
        },
      ],
      { credentials },
    );
    if (answer.result !== AuthorizeResult.ALLOW) {
      const { reason } = refusal(act, {
        environment,
        owner: await this.#ownerOf(service),
      });
      throw new NotAllowedError(reason);
    }
  }
}
