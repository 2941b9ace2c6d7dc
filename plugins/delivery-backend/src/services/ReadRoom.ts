// SPDX-License-Identifier: Apache-2.0
import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from 'backstage-plugin-delivery-common';
import type { Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { ChartRepositoryReader } from '../catalog/ChartRepositoryReader';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import type { AbilityService } from './AbilityService';
import type { BuildCache } from './BuildCache';
import type { DecisionService } from './DecisionService';

/** What the read side works with. */
export type ReadRoom = {
  knex: Knex;
  clock: Clock;
  config: DeliveryConfig;
  catalog: CatalogService;
  auth: AuthService;
  charts: ChartRepositoryReader;
  decisions: DecisionService;
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
