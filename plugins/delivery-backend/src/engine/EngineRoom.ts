// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  BuildSource,
  CdEngine,
  Clock,
} from 'backstage-plugin-delivery-node';
import type { ChartRepositoryReader } from '../catalog/ChartRepositoryReader';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import type { FollowUps } from '../database/changePromotion';
import type { Knex } from 'knex';
import type { DefaultDecisionService } from '../services/DefaultDecisionService';

/** What the engine works with. */
export type EngineRoom = {
  knex: Knex;
  clock: Clock;
  config: DeliveryConfig;
  /** Absent when no engine's module is installed; then nothing starts. */
  engine: CdEngine | undefined;
  decisions: DefaultDecisionService;
  charts: ChartRepositoryReader;
  /** The CI servers, which keep packages of charts. */
  sources: readonly BuildSource[];
  followUps: FollowUps;
  logger: LoggerService;
  /** Tells viewers that something about a Service changed. */
  hint(service: string): void;
};
