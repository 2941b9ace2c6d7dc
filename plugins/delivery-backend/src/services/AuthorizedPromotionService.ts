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
  type AcknowledgementBody,
  type ApprovalBody,
  type CancellationBody,
  type EntityRef,
  type ResolutionBody,
} from 'backstage-plugin-delivery-common';
import type { LaneKey } from '../database/lanes';
import { refusal, type Abilities } from '../view/Abilities';
import type {
  ActOptions,
  ParsedPromotionRequest,
  PromotionService,
} from './PromotionService';

const PERMISSIONS: Record<keyof Abilities, ResourcePermission> = {
  promote: deliveryPromotionCreatePermission,
  approve: deliveryPromotionApprovePermission,
  cancel: deliveryPromotionCancelPermission,
};

/**
 * Lets only those act whom the permission policy allows it, on the very Service
 * and Environment that is acted on. Never remembers an answer.
 */
export class AuthorizedPromotionService implements PromotionService {
  readonly #inner: PromotionService;
  readonly #permissions: PermissionsService;
  readonly #laneOf: (promotionId: string) => Promise<LaneKey>;
  readonly #ownerOf: (service: EntityRef) => Promise<EntityRef | undefined>;

  constructor(
    inner: PromotionService,
    options: {
      permissions: PermissionsService;
      /** @throws NotFoundError when there is no such Promotion. */
      laneOf(promotionId: string): Promise<LaneKey>;
      /** Who can be asked instead. */
      ownerOf(service: EntityRef): Promise<EntityRef | undefined>;
    },
  ) {
    this.#inner = inner;
    this.#permissions = options.permissions;
    this.#laneOf = options.laneOf;
    this.#ownerOf = options.ownerOf;
  }

  async preview(request: ParsedPromotionRequest, options: ActOptions) {
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
    await this.#require('cancel', lane, options);
    await this.#inner.acknowledge(lane, body, options);
  }

  async liftHold(lane: LaneKey, body: CancellationBody, options: ActOptions) {
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
