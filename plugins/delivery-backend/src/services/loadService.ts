// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { EntityRef } from 'backstage-plugin-delivery-common';
import { serviceFromEntity } from '../catalog/serviceFromEntity';
import type { PathConfig } from '../config/DeliveryConfig';
import { findService, type StoredService } from '../database/services';
import type { ReadRoom } from './ReadRoom';

/** A Service with its path; `stored` says whether it is on one already. */
export type LoadedService = {
  service: StoredService;
  path: PathConfig;
  stored: boolean;
};

/**
 * A Service by its entity.
 *
 * @remarks
 * One that is not stored is looked up in the catalog with the person's own
 * rights, so that its tab can say what is missing.
 * @throws NotFoundError when there is no such entity.
 */
export async function loadService(
  room: ReadRoom,
  entityRef: EntityRef,
  credentials: BackstageCredentials,
): Promise<LoadedService> {
  const stored = await findService(room.knex, entityRef);
  const path = stored && room.config.paths.get(stored.path);
  if (stored && path) {
    return { service: stored, path, stored: true };
  }
  const entity = await room.catalog.getEntityByRef(entityRef, { credentials });
  if (!entity) {
    throw new NotFoundError(`There is no ${entityRef} in the catalog`);
  }
  const { service } = serviceFromEntity(entity, room.config.paths);
  return {
    service,
    path: room.config.paths.get(service.path) ??
      room.config.paths.get('default') ?? { name: 'default', environments: [] },
    stored: false,
  };
}

/**
 * A Service that is on a promotion path.
 *
 * @throws NotFoundError when it is not.
 */
export async function requireService(
  room: Pick<ReadRoom, 'knex' | 'config'>,
  entityRef: EntityRef,
): Promise<{ service: StoredService; path: PathConfig }> {
  const service = await findService(room.knex, entityRef);
  const path = service && room.config.paths.get(service.path);
  if (!service || !path) {
    throw new NotFoundError(
      `${entityRef} is not a service on a promotion path`,
    );
  }
  return { service, path };
}
