// SPDX-License-Identifier: Apache-2.0
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { DELIVERY_ANNOTATIONS } from 'backstage-plugin-delivery-common';
import type { StoredService } from '../database/services';
import { readAnnotations, type MalformedAnnotation } from './readAnnotations';

/** What the catalog says of a Component, read for delivery. */
export type ReadEntity = {
  service: StoredService;
  malformed: MalformedAnnotation[];
  /** Whether its annotations put it on a promotion path that exists. */
  onPath: boolean;
};

/** Reads a Component as a Service; never fails. */
export function serviceFromEntity(
  entity: Entity,
  paths: ReadonlyMap<string, unknown>,
): ReadEntity {
  const { annotations, malformed } = readAnnotations(
    entity.metadata.annotations,
  );
  const path = annotations[DELIVERY_ANNOTATIONS.path] ?? 'default';
  const known = paths.has(path);
  const asksFor =
    DELIVERY_ANNOTATIONS.jenkinsFolder in annotations ||
    DELIVERY_ANNOTATIONS.spinnakerApplication in annotations ||
    DELIVERY_ANNOTATIONS.path in annotations;
  const owner = entity.relations?.find(
    relation => relation.type === RELATION_OWNED_BY,
  )?.targetRef;
  const system = entity.spec?.system;
  return {
    service: {
      entityRef: stringifyEntityRef(entity),
      uid: entity.metadata.uid ?? stringifyEntityRef(entity),
      name: entity.metadata.name.toLowerCase(),
      title: entity.metadata.title ?? entity.metadata.name,
      ...(owner ? { owner: owner.toLowerCase() } : {}),
      ...(typeof system === 'string' ? { system } : {}),
      ...(entity.metadata.tags ? { tags: entity.metadata.tags } : {}),
      annotations,
      path,
    },
    malformed: [
      ...malformed,
      ...(asksFor && !known
        ? [
            {
              key: DELIVERY_ANNOTATIONS.path,
              reason: `must name a promotion path, and "${path}" is none; there are ${[
                ...paths.keys(),
              ].join(', ')}`,
            },
          ]
        : []),
    ],
    onPath: asksFor && known,
  };
}
