// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/**
 * A catalog in memory, for both plugins.
 *
 * @remarks
 * The one of Backstage's test utilities goes through every entity for each question, which
 * holds everybody up for as long; a real one has an index. Here a question for one kind goes
 * through the entities of that kind.
 */
export function playedCatalog(entities: readonly Entity[]): CatalogService {
  const whole: CatalogService = catalogServiceMock({ entities: [...entities] });
  const ofKind = (kind: string) =>
    catalogServiceMock({
      entities: entities.filter(
        entity => entity.kind.toLowerCase() === kind.toLowerCase(),
      ),
    });
  const kinds = new Map<string, CatalogService>();
  const askWhole = whole.getEntities.bind(whole);
  whole.getEntities = async (request, options) => {
    const { kind } = Object(request?.filter);
    if (typeof kind !== 'string') {
      return askWhole(request, options);
    }
    const known = kinds.get(kind) ?? ofKind(kind);
    kinds.set(kind, known);
    return known.getEntities(request, options);
  };
  return whole;
}
