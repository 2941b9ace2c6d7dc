// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import type { LaneKey } from '../database/lanes';
import { findOverride } from '../database/overrides';
import { findPromotion } from '../database/promotions';
import { requireService } from './loadService';

/**
 * The lane of a Promotion.
 *
 * @throws NotFoundError when there is no such Promotion.
 */
export async function laneOf(knex: Knex, id: string): Promise<LaneKey> {
  const promotion = await findPromotion(knex, id);
  if (!promotion) {
    throw new NotFoundError(`There is no promotion ${id}`);
  }
  return { service: promotion.service, environment: promotion.environment };
}

/**
 * The lane of the Promotion that an override let pass.
 *
 * @throws NotFoundError when there is no such override.
 */
export async function laneOfOverride(knex: Knex, id: string): Promise<LaneKey> {
  const override = await findOverride(knex, id);
  if (!override) {
    throw new NotFoundError(`There is no override ${id}`);
  }
  return laneOf(knex, override.promotionId);
}

/**
 * Makes sure that there is such a lane.
 *
 * @throws NotFoundError when the Service is on no path, or its path has no such
 * Environment.
 */
export async function requireLane(
  room: { knex: Knex; config: DeliveryConfig },
  { environment, service }: LaneKey,
): Promise<void> {
  const { path } = await requireService(room, service);
  if (!path.environments.some(({ name }) => name === environment)) {
    throw new NotFoundError(`${service} has no environment "${environment}"`);
  }
}
