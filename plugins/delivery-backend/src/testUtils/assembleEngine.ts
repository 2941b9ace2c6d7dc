// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type {
  BuildSource,
  CdEngine,
  Clock,
} from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { ChartRepositoryReader } from '../catalog/ChartRepositoryReader';
import type { People } from '../catalog/People';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import { Bindings } from '../engine/Bindings';
import type { EngineRoom } from '../engine/EngineRoom';
import { Following } from '../engine/Following';
import { Ingestor } from '../engine/Ingestor';
import { ObservationKeeper } from '../engine/ObservationKeeper';
import { Outbound } from '../engine/Outbound';
import { Reconciler } from '../engine/Reconciler';
import { SourceWatch } from '../engine/SourceWatch';
import { Watchman } from '../engine/Watchman';
import { DefaultClaimService } from '../services/DefaultClaimService';
import { DefaultDecisionService } from '../services/DefaultDecisionService';
import { DefaultPromotionService } from '../services/DefaultPromotionService';
import { createSeal } from '../wiring/createSeal';

/** What the engine room stands on in a test. */
export type EngineGround = {
  knex: Knex;
  clock: Clock;
  config: DeliveryConfig;
  engine: CdEngine;
  people: People;
  charts: ChartRepositoryReader;
  userInfo: UserInfoService;
  logger: LoggerService;
  sources?: BuildSource[];
  hint?(service: string): void;
  wake?(promotionId: string): void;
};

/**
 * The promotion engine as the plugin puts it together, without HTTP, sign-in
 * and permissions, and with nothing that goes by itself: a test turns it.
 */
export function assembleEngine(ground: EngineGround) {
  const { charts, clock, config, engine, knex, logger, people } = ground;
  const hint = ground.hint ?? (() => {});
  const following = new Following({
    config,
    clock,
    seal: createSeal(config.audit.key),
  });
  const bindings = new Bindings({ engine, clock });
  const decisions = new DefaultDecisionService({
    db: knex,
    clock,
    people,
    bindings,
    outbound: new Outbound({ hosts: config.outbound.hosts, clock }),
    policies: config.policies,
  });
  const room: EngineRoom = {
    knex,
    clock,
    config,
    engine,
    decisions,
    charts,
    sources: ground.sources ?? [],
    followUps: following,
    logger,
    hint,
  };
  const watch = new SourceWatch({ knex, clock, logger });
  return {
    room,
    decisions,
    following,
    reconciler: new Reconciler(room),
    ingestor: new Ingestor({
      knex,
      clock,
      sources: ground.sources ?? [],
      following,
      watch,
      logger,
      hint,
    }),
    watchman: new Watchman({
      knex,
      clock,
      config,
      engine,
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
      onSourceChange: services => services.forEach(hint),
    }),
    claims: new DefaultClaimService(room),
    promotions: new DefaultPromotionService({
      room,
      userInfo: ground.userInfo,
      wake: ground.wake ?? (() => {}),
    }),
  };
}
