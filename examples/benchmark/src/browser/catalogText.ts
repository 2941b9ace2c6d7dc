// SPDX-License-Identifier: Apache-2.0
import { componentOf } from '../backend/catalogEntities';
import type { WorldSize } from '../world/World';

/** The Components of the world as a file that the catalog reads. */
export function catalogText(size: WorldSize): string {
  return Array.from({ length: size.services }, (_, index) => {
    const { apiVersion, kind, metadata } = componentOf(size, index);
    const { annotations, name } = metadata;
    return JSON.stringify({
      apiVersion,
      kind,
      metadata: { name, annotations },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: 'group:default/team-orders',
        system: 'system:default/shop',
      },
    });
  }).join('\n---\n');
}
