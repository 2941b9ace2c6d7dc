// SPDX-License-Identifier: Apache-2.0
import type { EntityRef } from 'backstage-plugin-delivery-common';
import { buildServiceHealth } from '../view/buildServiceHealth';
import type { DeliveryView, PageQuery, ViewOptions } from './DeliveryView';
import { readApprovals } from './readApprovals';
import { readBuilds } from './readBuilds';
import { readDiff } from './readDiff';
import { readDora } from './readDora';
import { readHistory } from './readHistory';
import { readOverview } from './readOverview';
import { readPolicy } from './readPolicy';
import { readPromotion } from './readPromotion';
import { readPromotions } from './readPromotions';
import { readReleases } from './readReleases';
import type { ReadRoom } from './ReadRoom';
import { readServiceDelivery } from './readServiceDelivery';

/** Reads from what is stored; only builds and differences of values ask others. */
export class DefaultDeliveryView implements DeliveryView {
  readonly #room: ReadRoom;

  constructor(room: ReadRoom) {
    this.#room = room;
  }

  listServices(query: Parameters<DeliveryView['listServices']>[0]) {
    return readOverview(this.#room, query);
  }

  getService(service: EntityRef, { credentials }: ViewOptions) {
    return readServiceDelivery(this.#room, service, credentials);
  }

  async getHealth(service: EntityRef, { credentials }: ViewOptions) {
    return buildServiceHealth(
      await readServiceDelivery(this.#room, service, credentials),
    );
  }

  listReleases(service: EntityRef, query: PageQuery) {
    return readReleases(this.#room, service, query);
  }

  listHistory(service: EntityRef, query: PageQuery) {
    return readHistory(this.#room, service, query);
  }

  listBuilds(service: EntityRef, query: PageQuery) {
    return readBuilds(this.#room, service, query);
  }

  getDiff(
    service: EntityRef,
    query: { environment: string; to: string; from?: string },
  ) {
    return readDiff(this.#room, service, query);
  }

  listPromotions(query: Parameters<DeliveryView['listPromotions']>[0]) {
    return readPromotions(this.#room, query);
  }

  getPromotion(id: string, { credentials }: ViewOptions) {
    return readPromotion(this.#room, id, credentials);
  }

  listApprovals(
    query: Parameters<DeliveryView['listApprovals']>[0],
    { credentials }: ViewOptions,
  ) {
    return readApprovals(this.#room, query, credentials);
  }

  getPolicy(service: EntityRef, query: { environment: string }) {
    return readPolicy(this.#room, service, query);
  }

  getDora(query: Parameters<DeliveryView['getDora']>[0]) {
    return readDora(this.#room, query);
  }
}
