// SPDX-License-Identifier: Apache-2.0
import type { ObservationTarget } from 'backstage-plugin-delivery-node';
import type { DeliveryConfig } from '../config/DeliveryConfig';
import type { StoredService } from '../database/services';
import { namespaceOf } from './namespaceOf';
import { selectorOf } from './selectorOf';

/**
 * Everything that is to be watched: each Service in each Environment of its
 * path, `contested` where two Services would share a namespace.
 */
export function findTargets(
  services: readonly StoredService[],
  paths: DeliveryConfig['paths'],
): ObservationTarget[] {
  const targets: ObservationTarget[] = [];
  const claimants = new Map<string, Set<string>>();
  for (const service of services) {
    const selector = selectorOf(service);
    for (const environment of paths.get(service.path)?.environments ?? []) {
      const { cluster, name } = environment;
      const namespace = namespaceOf(environment, service);
      const place = `${cluster}/${namespace}`;
      const here = claimants.get(place) ?? new Set();
      claimants.set(place, here.add(service.entityRef));
      if (selector !== undefined) {
        targets.push({
          service: service.entityRef,
          environment: name,
          cluster,
          namespace,
          selector,
        });
      }
    }
  }
  return targets.map(target => {
    const here = claimants.get(`${target.cluster}/${target.namespace}`);
    return here && here.size > 1 ? { ...target, contested: true } : target;
  });
}
