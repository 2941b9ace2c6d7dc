// SPDX-License-Identifier: Apache-2.0
import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  EntityRef,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { ChartRepositoryReader } from '../catalog/ChartRepositoryReader';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import type { AbilityService } from './AbilityService';
import type { BuildCache } from './BuildCache';
import type { AnswerMemory } from './AnswerMemory';
import type { DecisionService } from './DecisionService';
import type { DefaultDecisionService } from './DefaultDecisionService';
import type { Involvement } from './Involvement';
import type { OverviewIndex } from './OverviewIndex';
import type { ServiceMemory, ServiceRecord } from './ServiceMemory';

/** The pages of Services as people saw them lately, and what each rests on. */
export type ServiceAnswerMemory = AnswerMemory<
  readonly [ServiceRecord, string, string],
  { delivery: ServiceDelivery; involved: Involvement }
>;

/** What the read side works with. */
export type ReadRoom = {
  knex: Knex;
  clock: Clock;
  config: DeliveryConfig;
  catalog: CatalogService;
  auth: AuthService;
  charts: ChartRepositoryReader;
  decisions: DecisionService &
    Pick<DefaultDecisionService, 'decideFrom' | 'gather' | 'gatesOf'>;
  /** What is stored of Services, for showing. */
  memory: ServiceMemory;
  /** The rows of all Services. */
  overview: OverviewIndex;
  /** What was answered to people lately. */
  answers: ServiceAnswerMemory;
  abilities: AbilityService;
  builds: BuildCache;
  logger: LoggerService;
};

/** The person behind a request, or `undefined` when it is a service. */
export function personOf(
  room: Pick<ReadRoom, 'auth'>,
  credentials: BackstageCredentials,
): EntityRef | undefined {
  return room.auth.isPrincipal(credentials, 'user')
    ? credentials.principal.userEntityRef
    : undefined;
}
