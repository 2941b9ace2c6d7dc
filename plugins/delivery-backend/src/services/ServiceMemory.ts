// SPDX-License-Identifier: Apache-2.0
import {
  isFinal,
  type Approval,
  type EntityRef,
  type Override,
  type PromotionEvent,
  type SourceState,
} from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { DeliveryConfig, PathConfig } from '../config/DeliveryConfig';
import { listApprovals } from '../database/approvals';
import { listOverrides } from '../database/overrides';
import { listPromotionEvents } from '../database/promotionEvents';
import { findService, type StoredService } from '../database/services';
import type { ServiceFacts } from '../view/ServiceFacts';
import type { ChangeLog } from './ChangeLog';
import { loadServiceFacts } from './loadServiceFacts';

/**
 * What is remembered is loaded anew after so long, whatever was heard: a replica
 * may have ended before it could tell the others.
 */
const OLDEST_MS = 120_000;

const MOST_REMEMBERED = 5_000;

/** Everything stored of a Service that its page and its Decisions rest on. */
export type ServiceRecord = {
  service: StoredService;
  path: PathConfig;
  facts: ServiceFacts;
  /** What belongs to each Promotion that has not ended, by its id. */
  open: ReadonlyMap<string, OpenRecord>;
  /** The Overrides of the Service that nobody has reviewed yet. */
  reviews: readonly Override[];
};

/** What belongs to a Promotion that has not ended. */
export type OpenRecord = {
  approvals: readonly Approval[];
  overrides: readonly Override[];
  events: readonly PromotionEvent[];
};

type Entry = {
  version: number | undefined;
  at: number;
  record: Promise<ServiceRecord | undefined>;
};

/**
 * What is stored of Services, kept until something of it changes.
 *
 * @remarks
 * A change on this replica is forgotten here as soon as it is hinted at, one on
 * another replica within two seconds. For showing only: whatever writes asks the
 * database.
 */
export class ServiceMemory {
  readonly #room: { knex: Knex; clock: Clock; config: DeliveryConfig };
  readonly #changes: ChangeLog;
  readonly #entries = new Map<EntityRef, Entry>();

  constructor(options: {
    knex: Knex;
    clock: Clock;
    config: DeliveryConfig;
    changes: ChangeLog;
  }) {
    this.#room = options;
    this.#changes = options.changes;
  }

  /** Something about a Service changed. */
  forget(service: EntityRef): void {
    this.#entries.delete(service);
  }

  /**
   * A Service as it is stored, with the sources as they are; `undefined` when it
   * is on no promotion path.
   */
  async of(
    service: EntityRef,
  ): Promise<
    { record: ServiceRecord; sources: readonly SourceState[] } | undefined
  > {
    const { sources, versions } = await this.#changes.standing();
    const version = versions.get(service);
    const now = performance.now();
    let entry = this.#entries.get(service);
    if (!entry || entry.version !== version || now - entry.at >= OLDEST_MS) {
      entry = { version, at: now, record: this.#load(service) };
      this.#keep(service, entry);
    }
    const record = await entry.record;
    return record && { record, sources };
  }

  #keep(service: EntityRef, entry: Entry): void {
    if (this.#entries.size >= MOST_REMEMBERED) {
      this.#entries.clear();
    }
    this.#entries.set(service, entry);
    entry.record.then(
      record => record ?? this.#drop(service, entry),
      () => this.#drop(service, entry),
    );
  }

  #drop(service: EntityRef, entry: Entry): void {
    if (this.#entries.get(service) === entry) {
      this.#entries.delete(service);
    }
  }

  async #load(entityRef: EntityRef): Promise<ServiceRecord | undefined> {
    const { config, knex } = this.#room;
    const service = await findService(knex, entityRef);
    const path = service && config.paths.get(service.path);
    if (!service || !path) {
      return undefined;
    }
    const facts = await loadServiceFacts(this.#room, { service, path });
    const ids = facts.promotions
      .filter(({ phase }) => !isFinal(phase))
      .map(({ id }) => id);
    const given = { promotionIds: ids };
    const [approvals, overrides, reviews, events] = await Promise.all([
      ids.length > 0 ? listApprovals(knex, given) : [],
      ids.length > 0 ? listOverrides(knex, given) : [],
      listOverrides(knex, { service: entityRef, open: true }),
      Promise.all(ids.map(id => listPromotionEvents(knex, id))),
    ]);
    return {
      service,
      path,
      facts,
      reviews,
      open: new Map(
        ids.map((id, index) => [
          id,
          {
            approvals: approvals.filter(one => one.promotionId === id),
            overrides: overrides.filter(one => one.promotionId === id),
            events: events[index],
          },
        ]),
      ),
    };
  }
}
