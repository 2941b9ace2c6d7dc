// SPDX-License-Identifier: Apache-2.0
import {
  getEntitySourceLocation,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  CHART_RESOURCE_TYPE,
  repositoryOfLocation,
  type EntityRef,
} from 'backstage-plugin-delivery-common';
import { z } from 'zod';

/** The chart repository of a Service. */
export type ChartRepository = {
  /** The catalog Resource. */
  resource: EntityRef;
  /** `scheme://host/owner/repository`, where an owner may have owners above it; without a slash at the end. */
  url: string;
};

/** What the catalog says of the chart repository of a Service. */
export type ChartBinding =
  | { state: 'bound'; repository: ChartRepository }
  | { state: 'missing'; reason: string }
  | { state: 'refused'; reason: string };

const confirmedSchema = z.object({
  spec: z.object({ dependencyOf: z.array(z.string()) }),
});

/**
 * The chart repository that a Component depends on, at its own source location.
 *
 * @remarks
 * The binding is two-sided. A Resource that names its components in
 * `spec.dependencyOf` has to name this one; one that names none is only taken
 * when no other component says that it depends on it.
 * @param resources - what may be it, by its ref; Resources of another type are left out.
 */
export function chartRepositoryOf(
  component: Entity,
  resources: ReadonlyMap<EntityRef, Entity>,
): ChartBinding {
  const service = stringifyEntityRef(component);
  const charts = [...new Set(relatedRefs(component, 'dependsOn'))]
    .flatMap(ref => resources.get(ref) ?? [])
    .filter(({ spec }) => spec?.type === CHART_RESOURCE_TYPE);
  const [chart] = charts;
  if (!chart || charts.length > 1) {
    const count = chart ? 'more than one' : 'no';
    return {
      state: 'missing',
      reason: `${service} depends on ${count} Resource of type ${CHART_RESOURCE_TYPE}; name its chart repository in spec.dependsOn`,
    };
  }
  const resource = stringifyEntityRef(chart);
  const refusal = refusalOf(chart, service);
  if (refusal) {
    return { state: 'refused', reason: `${resource} ${refusal}` };
  }
  const location = sourceLocation(chart);
  const url = location && repositoryOfLocation(location)?.url;
  return url
    ? { state: 'bound', repository: { resource, url } }
    : {
        state: 'missing',
        reason: `${resource} has no source location of type url that names a repository`,
      };
}

/** Entities by their refs. */
export function byRef(
  entities: readonly (Entity | undefined)[],
): ReadonlyMap<EntityRef, Entity> {
  return new Map(
    entities.flatMap(entity =>
      entity ? [[stringifyEntityRef(entity), entity]] : [],
    ),
  );
}

/** The entities at the other end of the relations of one type. */
export function relatedRefs(entity: Entity, type: string): EntityRef[] {
  return (entity.relations ?? []).flatMap(relation =>
    relation.type === type ? [relation.targetRef.toLowerCase()] : [],
  );
}

function refusalOf(chart: Entity, service: EntityRef): string | undefined {
  const confirmed = confirmedSchema.safeParse(chart);
  if (confirmed.success) {
    const named = confirmed.data.spec.dependencyOf.map(ref =>
      fullRef(ref, chart.metadata.namespace),
    );
    return named.includes(service)
      ? undefined
      : `is the chart repository of ${named.join(', ')}, not of ${service}`;
  }
  const others = relatedRefs(chart, 'dependencyOf').filter(
    ref => ref.startsWith('component:') && ref !== service,
  );
  return others.length === 0
    ? undefined
    : `is the chart repository of ${others.join(
        ', ',
      )} as well; name the one it belongs to in its spec.dependencyOf`;
}

function fullRef(ref: string, namespace = 'default'): string {
  const [kind, name] = ref.includes(':') ? ref.split(':') : ['component', ref];
  return `${kind}:${name.includes('/') ? name : `${namespace}/${name}`}`
    .toLowerCase()
    .trim();
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
