// SPDX-License-Identifier: Apache-2.0
import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  deliveryServiceReadPermission,
  type EntityRef,
} from 'backstage-plugin-delivery-common';
import type { DeliveryView, PageQuery, ViewOptions } from './DeliveryView';

/**
 * Lets only those read who may see the Service's entity.
 *
 * @remarks
 * Lists hold what may be seen and say nothing of the rest.
 */
export class AuthorizedDeliveryView implements DeliveryView {
  readonly #inner: DeliveryView;
  readonly #permissions: PermissionsService;
  readonly #services: () => Promise<EntityRef[]>;

  constructor(
    inner: DeliveryView,
    options: {
      permissions: PermissionsService;
      /** All Services there are, for lists over many of them. */
      services(): Promise<EntityRef[]>;
    },
  ) {
    this.#inner = inner;
    this.#permissions = options.permissions;
    this.#services = options.services;
  }

  async listServices(
    query: Parameters<DeliveryView['listServices']>[0],
    options: ViewOptions,
  ) {
    const only = await this.#visible(options.credentials);
    return this.#inner.listServices({ ...query, only }, options);
  }

  async getService(service: EntityRef, options: ViewOptions) {
    await this.#require(service, options);
    return this.#inner.getService(service, options);
  }

  async getHealth(service: EntityRef, options: ViewOptions) {
    await this.#require(service, options);
    return this.#inner.getHealth(service, options);
  }

  async listReleases(
    service: EntityRef,
    query: PageQuery,
    options: ViewOptions,
  ) {
    await this.#require(service, options);
    return this.#inner.listReleases(service, query, options);
  }

  async listHistory(
    service: EntityRef,
    query: PageQuery,
    options: ViewOptions,
  ) {
    await this.#require(service, options);
    return this.#inner.listHistory(service, query, options);
  }

  async listBuilds(service: EntityRef, query: PageQuery, options: ViewOptions) {
    await this.#require(service, options);
    return this.#inner.listBuilds(service, query, options);
  }

  async getDiff(
    service: EntityRef,
    query: { environment: string; to: string; from?: string },
    options: ViewOptions,
  ) {
    await this.#require(service, options);
    return this.#inner.getDiff(service, query, options);
  }

  async listPromotions(
    query: Parameters<DeliveryView['listPromotions']>[0],
    options: ViewOptions,
  ) {
    if (query.service) {
      await this.#require(query.service, options);
      return this.#inner.listPromotions(query, options);
    }
    const only = await this.#visible(options.credentials);
    return this.#inner.listPromotions({ ...query, only }, options);
  }

  async getPromotion(id: string, options: ViewOptions) {
    const promotion = await this.#inner.getPromotion(id, options);
    await this.#require(promotion.service, options);
    return promotion;
  }

  async listApprovals(
    query: Parameters<DeliveryView['listApprovals']>[0],
    options: ViewOptions,
  ) {
    const only = await this.#visible(options.credentials);
    return this.#inner.listApprovals({ ...query, only }, options);
  }

  async getPolicy(
    service: EntityRef,
    query: { environment: string },
    options: ViewOptions,
  ) {
    await this.#require(service, options);
    return this.#inner.getPolicy(service, query, options);
  }

  async getDora(
    query: Parameters<DeliveryView['getDora']>[0],
    options: ViewOptions,
  ) {
    if (query.service) {
      await this.#require(query.service, options);
      return this.#inner.getDora(query, options);
    }
    const only = await this.#visible(options.credentials);
    return this.#inner.getDora({ ...query, only }, options);
  }

  async #require(
    service: EntityRef,
    { credentials }: ViewOptions,
  ): Promise<void> {
    const [answer] = await this.#permissions.authorize(
      [{ permission: deliveryServiceReadPermission, resourceRef: service }],
      { credentials },
    );
    if (answer.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`You may not see where ${service} is`);
    }
  }

  /** `undefined` when everything may be seen, which needs no look at each. */
  async #visible(
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<EntityRef> | undefined> {
    const [general] = await this.#permissions.authorizeConditional(
      [{ permission: deliveryServiceReadPermission }],
      { credentials },
    );
    if (general.result === AuthorizeResult.ALLOW) {
      return undefined;
    }
    if (general.result !== AuthorizeResult.CONDITIONAL) {
      return new Set();
    }
    const services = await this.#services();
    const answers = await this.#permissions.authorize(
      services.map(resourceRef => ({
        permission: deliveryServiceReadPermission,
        resourceRef,
      })),
      { credentials },
    );
    return new Set(
      services.filter(
        (_, index) => answers[index].result === AuthorizeResult.ALLOW,
      ),
    );
  }
}
