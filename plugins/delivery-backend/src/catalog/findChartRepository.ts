// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from 'backstage-plugin-delivery-common';
import {
  byRef,
  chartRepositoryOf,
  relatedRefs,
  type ChartRepository,
} from './chartRepositoryOf';

/**
 * The chart repository that a Service depends on, as the catalog says now.
 *
 * @throws NotFoundError when there is none, or no source location; NotAllowedError
 * when the Resource belongs to somebody else.
 */
export async function findChartRepository(options: {
  service: EntityRef;
  catalog: CatalogService;
  credentials: BackstageCredentials;
}): Promise<ChartRepository> {
  const { service, catalog, credentials } = options;
  const entity = await catalog.getEntityByRef(service, { credentials });
  if (!entity) {
    throw new NotFoundError(`There is no ${service} in the catalog`);
  }
  const refs = relatedRefs(entity, 'dependsOn').filter(ref =>
    ref.startsWith('resource:'),
  );
  const { items } =
    refs.length > 0
      ? await catalog.getEntitiesByRefs({ entityRefs: refs }, { credentials })
      : { items: [] };
  const found = chartRepositoryOf(entity, byRef(items));
  switch (found.state) {
    case 'bound':
      return found.repository;
    case 'refused':
      throw new NotAllowedError(found.reason);
    default:
      throw new NotFoundError(found.reason);
  }
}
