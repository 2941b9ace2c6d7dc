// SPDX-License-Identifier: Apache-2.0
import type {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from 'backstage-plugin-delivery-common';
import { systemClock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { People } from '../catalog/People';
import { ServiceCatalog } from '../catalog/ServiceCatalog';
import { UrlChartRepositoryReader } from '../catalog/UrlChartRepositoryReader';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import { findService, listServices } from '../database/services';
import { Bindings } from '../engine/Bindings';
import { DeliveryEngine } from '../engine/DeliveryEngine';
import type { EngineRoom } from '../engine/EngineRoom';
import { Following } from '../engine/Following';
import { Ingestor } from '../engine/Ingestor';
import { ObservationKeeper } from '../engine/ObservationKeeper';
import { Outbound } from '../engine/Outbound';
import { Reconciler } from '../engine/Reconciler';
import { SourceWatch } from '../engine/SourceWatch';
import { Watchman } from '../engine/Watchman';
import { claimRoutes } from '../router/claimRoutes';
import { logRoutes } from '../router/logRoutes';
import { operatorRoutes } from '../router/operatorRoutes';
import { promotionRoutes } from '../router/promotionRoutes';
import type { Route } from '../router/Route';
import { serviceRoutes } from '../router/serviceRoutes';
import { AnswerMemory } from '../services/AnswerMemory';
import { ChangeLog } from '../services/ChangeLog';
import { OverviewIndex } from '../services/OverviewIndex';
import { ServiceMemory } from '../services/ServiceMemory';
import { AbilityService } from '../services/AbilityService';
import { AuditedLogReader } from '../services/AuditedLogReader';
import { AuthorizedLogReader } from '../services/AuthorizedLogReader';
import { ObserverLogReader } from '../services/ObserverLogReader';
import { AuditedOperatorView } from '../services/AuditedOperatorView';
import { AuditedPromotionService } from '../services/AuditedPromotionService';
import { AuthorizedDeliveryView } from '../services/AuthorizedDeliveryView';
import { AuthorizedOperatorView } from '../services/AuthorizedOperatorView';
import { AuthorizedPromotionService } from '../services/AuthorizedPromotionService';
import { BuildCache } from '../services/BuildCache';
import { DefaultClaimService } from '../services/DefaultClaimService';
import { DefaultDecisionService } from '../services/DefaultDecisionService';
import { DefaultDeliveryView } from '../services/DefaultDeliveryView';
import { DefaultOperatorView } from '../services/DefaultOperatorView';
import { DefaultPromotionService } from '../services/DefaultPromotionService';
import type { DoctorRoom } from '../services/examineSetup';
import { StartLint } from '../services/StartLint';
import { createSeal } from './createSeal';
import { laneOf, laneOfOverride, requireLane } from '../services/findLanes';
import type { Ports } from './Ports';

/** What delivery is made of that is not its own. */
export type Surroundings = {
  knex: Knex;
  config: DeliveryConfig;
  rootConfig: RootConfigService;
  ports: Ports;
  people: People;
  catalog: CatalogService;
  auth: AuthService;
  userInfo: UserInfoService;
  permissions: PermissionsService;
  auditor: AuditorService;
  urlReader: UrlReaderService;
  logger: LoggerService;
  /** Where the engine finds this API. */
  baseUrl: string;
  hint(service: string): void;
  /** Aborted when the backend stops. */
  signal: AbortSignal;
};

/** Puts the parts together: the engine that goes by itself, and the routes. */
export function assembleDelivery(around: Surroundings): {
  changes: ChangeLog;
  engine: DeliveryEngine;
  services: ServiceCatalog;
  routes: Route[];
} {
  const { auditor, auth, baseUrl, catalog, config, knex, logger } = around;
  const { people, permissions, ports, rootConfig } = around;
  const { urlReader, userInfo } = around;
  const { clock, engine: cdEngine } = ports;

  const changes = new ChangeLog({ knex, logger, signal: around.signal });
  const memory = new ServiceMemory({
    knex,
    clock,
    config,
    changes,
    signal: around.signal,
  });
  const overview = new OverviewIndex({
    room: { knex, clock, config },
    changes,
    memory,
  });
  const hint = (service: EntityRef) => {
    memory.forget(service);
    overview.forget(service);
    changes.add(service);
    around.hint(service);
  };

  const services = new ServiceCatalog({
    catalog,
    auth,
    db: knex,
    config,
    clock,
    logger,
    onServices: changed => changed.forEach(({ entityRef }) => hint(entityRef)),
    onOthers: others => others.forEach(hint),
  });
  const charts = new UrlChartRepositoryReader({
    catalog,
    auth,
    urlReader,
    integrations: ScmIntegrations.fromConfig(rootConfig),
  });
  const doctor: DoctorRoom = { knex, clock, config, people, engine: cdEngine };
  const lint = new StartLint({ room: doctor, logger });
  const seal = createSeal(config.audit.key);
  const bindings = new Bindings({ engine: cdEngine, clock });
  const decisions = new DefaultDecisionService({
    db: knex,
    clock,
    people,
    bindings,
    outbound: new Outbound({ hosts: config.outbound.hosts, clock }),
    policies: config.policies,
  });

  const following = new Following({
    config,
    clock,
    seal,
  });
  const room: EngineRoom = {
    knex,
    clock,
    config,
    engine: cdEngine,
    decisions,
    charts,
    sources: ports.buildSources,
    followUps: following,
    logger,
    hint,
  };
  const watch = new SourceWatch({ knex, clock, logger });
  const engine = new DeliveryEngine({
    clock,
    reconciler: new Reconciler(room),
    ingestor: new Ingestor({
      knex,
      clock,
      sources: ports.buildSources,
      following,
      watch,
      logger,
      hint,
    }),
    watchman: new Watchman({
      knex,
      clock,
      config,
      engine: cdEngine,
      bindings,
      watch,
      logger,
      hint,
    }),
    keeper: new ObservationKeeper({
      knex,
      clock,
      logger,
      hint,
      onSourceChange: seen => {
        changes.lookAgain();
        seen.forEach(around.hint);
      },
    }),
    observers: ports.observers,
    targets: services.targets,
    refreshCatalog: async () => {
      await services.refresh();
      await lint.look();
    },
    timing: config.timing,
    logger,
  });

  const promotions = new AuditedPromotionService(
    new AuthorizedPromotionService(
      new DefaultPromotionService({
        room,
        userInfo,
        wake: id => engine.wake(id),
      }),
      {
        permissions,
        laneOf: id => laneOf(knex, id),
        laneOfOverride: id => laneOfOverride(knex, id),
        requireLane: lane => requireLane({ config, knex }, lane),
        ownerOf: async service => (await findService(knex, service))?.owner,
      },
    ),
    { auditor, auth },
  );
  const view = new AuthorizedDeliveryView(
    new DefaultDeliveryView({
      knex,
      clock,
      config,
      catalog,
      auth,
      charts,
      decisions,
      memory,
      overview,
      answers: new AnswerMemory({ clock }),
      abilities: new AbilityService({ permissions, auth, clock: systemClock }),
      builds: new BuildCache({
        sources: ports.buildSources,
        clock: systemClock,
      }),
      logger,
    }),
    {
      permissions,
      services: async () =>
        (await listServices(knex)).map(({ entityRef }) => entityRef),
    },
  );
  const operators = new AuditedOperatorView(
    new AuthorizedOperatorView(
      new DefaultOperatorView({ room: doctor, seal }),
      { permissions },
    ),
    { auditor },
  );
  const logs = new AuditedLogReader(
    new AuthorizedLogReader(
      new ObserverLogReader({ observers: ports.observers }),
      { permissions },
    ),
    { auditor },
  );
  return {
    changes,
    engine,
    services,
    routes: [
      ...operatorRoutes({ operators }),
      ...serviceRoutes({ promotions, view }),
      ...logRoutes({ logs }),
      ...promotionRoutes({ promotions, view }),
      ...claimRoutes({ claims: new DefaultClaimService(room), baseUrl }),
    ],
  };
}
