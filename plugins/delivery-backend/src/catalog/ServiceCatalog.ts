// SPDX-License-Identifier: Apache-2.0
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  CATALOG_FILTER_EXISTS,
  type StreamEntitiesRequest,
} from '@backstage/catalog-client';
import { stringifyError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Entity } from '@backstage/catalog-model';
import {
  CHART_RESOURCE_TYPE,
  DELIVERY_ANNOTATIONS,
  type EntityRef,
} from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import { ANNOTATION_SUBJECT, CHART_SUBJECT } from '../database/catalogSubjects';
import type { Db } from '../database/Db';
import type { StoredFinding } from '../database/findings';
import { replaceCatalogFindings } from '../database/replaceCatalogFindings';
import {
  listServices,
  replaceServices,
  type StoredService,
} from '../database/services';
import { mapInTurns } from '../mapInTurns';
import {
  byRef,
  chartRepositoryOf,
  type ChartBinding,
} from './chartRepositoryOf';
import { findTargets } from './findTargets';
import { serviceFromEntity, type ReadEntity } from './serviceFromEntity';
import { StoredTargets } from './StoredTargets';

const ASKING_FOR_DELIVERY = [
  DELIVERY_ANNOTATIONS.jenkinsFolder,
  DELIVERY_ANNOTATIONS.spinnakerApplication,
  DELIVERY_ANNOTATIONS.path,
].map(key => ({
  kind: 'Component',
  [`metadata.annotations.${key}`]: CATALOG_FILTER_EXISTS,
}));

/**
 * Keeps the stored Services what the catalog says, and the targets of the
 * observers with them.
 *
 * @remarks
 * A catalog that cannot be asked, or that answers in part, changes nothing:
 * Services are forgotten only after a complete answer.
 */
export class ServiceCatalog {
  readonly targets = new StoredTargets();
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #db: Db;
  readonly #config: DeliveryConfig;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #onServices: (added: readonly StoredService[]) => void;
  readonly #onOthers: (services: readonly EntityRef[]) => void;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    db: Db;
    config: DeliveryConfig;
    clock: Clock;
    logger: LoggerService;
    /** Called with the Services that were not known before, or say something else now. */
    onServices?: (changed: readonly StoredService[]) => void;
    /** Called with those whose wiring is another now, and those that are gone. */
    onOthers?: (services: readonly EntityRef[]) => void;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#db = options.db;
    this.#config = options.config;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#onServices = options.onServices ?? (() => {});
    this.#onOthers = options.onOthers ?? (() => {});
  }

  /** Takes what was stored before, so that watching can begin before the catalog answers. */
  async restore(): Promise<void> {
    this.targets.replace(
      findTargets(await listServices(this.#db), this.#config.paths),
    );
  }

  /** Reads the catalog once; a failure is logged and leaves everything as it was. */
  async refresh(): Promise<void> {
    let read: ReadComponent[];
    try {
      read = await this.#read();
    } catch (error) {
      this.#logger.warn(
        `The catalog could not be read; services stay what they were: ${stringifyError(
          error,
        )}`,
      );
      return;
    }
    const services = read.flatMap(({ onPath, service }) =>
      onPath ? [service] : [],
    );
    const now = this.#clock.now();
    const { changed, gone } = await replaceServices(this.#db, services, now);
    const found = await replaceCatalogFindings(
      this.#db,
      read.flatMap(entity => findingsOf(entity, now)),
    );
    this.targets.replace(findTargets(services, this.#config.paths));
    if (changed.length > 0) {
      this.#onServices(changed);
    }
    this.#onOthers([...new Set([...found, ...gone])]);
  }

  async #read(): Promise<ReadComponent[]> {
    const charts = byRef(
      await this.#stream({
        kind: 'Resource',
        'spec.type': CHART_RESOURCE_TYPE,
      }),
    );
    const components = await this.#stream(ASKING_FOR_DELIVERY);
    const read = await mapInTurns(components, entity => ({
      ...serviceFromEntity(entity, this.#config.paths),
      chart: chartRepositoryOf(entity, charts),
    }));
    return [...new Map(read.map(one => [one.service.entityRef, one])).values()];
  }

  async #stream(
    filter: StreamEntitiesRequest['filter'],
  ): Promise<readonly Entity[]> {
    const entities: Entity[] = [];
    const pages = this.#catalog.streamEntities(
      { filter, fields: ['kind', 'metadata', 'spec', 'relations'] },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      entities.push(...page);
    }
    return entities;
  }
}

function findingsOf(
  { chart, malformed, onPath, service }: ReadComponent,
  now: Date,
): StoredFinding[] {
  const finding = { service: service.entityRef, at: now.toISOString() };
  const byKey = new Map(malformed.map(one => [one.key, one.reason]));
  return [
    ...[...byKey].map(([key, reason]) => ({
      ...finding,
      subject: `${ANNOTATION_SUBJECT}${key}`,
      state: 'refused' as const,
      detail: `The annotation ${key} ${reason}.`.slice(0, 400),
    })),
    ...(onPath
      ? [
          {
            ...finding,
            subject: CHART_SUBJECT,
            state: chart.state === 'bound' ? ('found' as const) : chart.state,
            detail:
              chart.state === 'bound'
                ? `${chart.repository.resource}.`
                : `${chart.reason}.`.slice(0, 400),
          },
        ]
      : []),
  ];
}

/** A Component as the catalog describes it, with its chart repository. */
type ReadComponent = ReadEntity & { chart: ChartBinding };
