// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import { backendConfig } from '../backend/backendConfig';
import type { WorldSize } from '../world/World';

/**
 * The demo's configuration with the clusters and paths of the world in place of its own,
 * and without simulated vendors.
 *
 * @param listen - the port at which the portal itself listens, behind its own address.
 */
export function portalConfig(
  demo: JsonObject,
  options: { size: WorldSize; clusterPorts: number[]; listen: number },
): JsonObject {
  const { clusterPorts, listen, size } = options;
  const world = backendConfig({
    size,
    ports: clusterPorts,
    peer: 'default',
    delivery: true,
    port: listen,
    folder: '',
  });
  const backend = Object(demo.backend);
  const delivery = Object(demo.delivery);
  const { timing: _, ...rest } = delivery;
  return {
    ...demo,
    backend: {
      ...backend,
      listen: { ...Object(backend.listen), port: listen },
    },
    kubernetes: world.kubernetes,
    delivery: { ...rest, ...Object(world.delivery) },
    simulator: { ...Object(demo.simulator), vendors: [] },
  };
}
