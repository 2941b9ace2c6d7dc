// SPDX-License-Identifier: Apache-2.0
import { RELATION_DEPENDS_ON, type Entity } from '@backstage/catalog-model';

/** The refs of the Resources that a Component depends on. */
export function resourcesOf(component: Entity): string[] {
  return (component.relations ?? [])
    .filter(
      ({ type, targetRef }) =>
        type === RELATION_DEPENDS_ON && targetRef.startsWith('resource:'),
    )
    .map(({ targetRef }) => targetRef);
}
