// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  getEntitySourceLocation,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CHART_RESOURCE_TYPE,
  type EntityRef,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';

/** The chart repository of a Service. */
export type ChartRepository = {
  /** The catalog Resource. */
  resource: EntityRef;
  /** `scheme://host/owner/repository`, without a slash at the end. */
  url: string;
};

const confirmedSchema = z.object({
  spec: z.object({ dependencyOf: z.array(z.string()) }),
});

/**
 * The chart repository that a Service depends on, at its own source location.
 *
 * @remarks
 * The binding is two-sided. A Resource that names its components in
 * `spec.dependencyOf` has to name this one; one that names none is only taken
 * when no other component says that it depends on it.
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
  const refs = related(entity, RELATION_DEPENDS_ON).filter(ref =>
    ref.startsWith('resource:'),
  );
  const { items } =
    refs.length > 0
      ? await catalog.getEntitiesByRefs({ entityRefs: refs }, { credentials })
      : { items: [] };
  const charts = items.flatMap(item =>
    item?.spec?.type === CHART_RESOURCE_TYPE ? [item] : [],
  );
  if (charts.length !== 1) {
    const count = charts.length === 0 ? 'no' : 'more than one';
    throw new NotFoundError(
      `${service} depends on ${count} Resource of type ${CHART_RESOURCE_TYPE}; name its chart repository in spec.dependsOn`,
    );
  }
  const [chart] = charts;
  const resource = stringifyEntityRef(chart);
  refuseForeign(chart, service, resource);
  return { resource, url: repositoryUrl(chart, resource) };
}

function related(entity: Entity, type: string): EntityRef[] {
  return (entity.relations ?? []).flatMap(relation =>
    relation.type === type ? [relation.targetRef.toLowerCase()] : [],
  );
}

function refuseForeign(
  chart: Entity,
  service: EntityRef,
  resource: EntityRef,
): void {
  const confirmed = confirmedSchema.safeParse(chart);
  if (confirmed.success) {
    const named = confirmed.data.spec.dependencyOf.map(ref =>
      fullRef(ref, chart.metadata.namespace),
    );
    if (!named.includes(service)) {
      throw new NotAllowedError(
        `${resource} is the chart repository of ${named.join(
          ', ',
        )}, not of ${service}`,
      );
    }
    return;
  }
  const others = related(chart, RELATION_DEPENDENCY_OF).filter(
    ref => ref.startsWith('component:') && ref !== service,
  );
  if (others.length > 0) {
    throw new NotAllowedError(
      `${resource} is the chart repository of ${others.join(
        ', ',
      )} as well; name the one it belongs to in its spec.dependencyOf`,
    );
  }
}

function fullRef(ref: string, namespace = 'default'): string {
  const [kind, name] = ref.includes(':') ? ref.split(':') : ['component', ref];
  return `${kind}:${name.includes('/') ? name : `${namespace}/${name}`}`
    .toLowerCase()
    .trim();
}

/** The first two segments of the source location's path: owner and repository. */
function repositoryUrl(chart: Entity, resource: EntityRef): string {
  const location = sourceLocation(chart);
  const url =
    location && URL.canParse(location) ? new URL(location) : undefined;
  const [owner, name] = url?.pathname.split('/').filter(Boolean) ?? [];
  if (!url || !/^https?:$/.test(url.protocol) || !owner || !name) {
    throw new NotFoundError(
      `${resource} has no source location of type url that names a repository`,
    );
  }
  return `${url.protocol}//${url.host}/${owner}/${name.replace(/\.git$/, '')}`;
}

function sourceLocation(chart: Entity): string | undefined {
  try {
    const { type, target } = getEntitySourceLocation(chart);
    return type === 'url' ? target : undefined;
  } catch {
    // Thrown when the entity carries no location at all or a malformed one.
    return undefined;
  }
}
