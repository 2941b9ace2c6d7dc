// SPDX-License-Identifier: Apache-2.0
import type { EngineTarget } from 'backstage-plugin-delivery-node';
import { namespaceOf } from '../catalog/namespaceOf';
import type { EnvironmentConfig } from '../config/DeliveryConfig';
import type { StoredService } from '../database/services';

/** A Service in an Environment as a CD engine addresses it. */
export function toEngineTarget(
  service: StoredService,
  environment: EnvironmentConfig,
): EngineTarget {
  return {
    service: service.entityRef,
    serviceName: service.name,
    annotations: service.annotations,
    environment: {
      name: environment.name,
      account: environment.account,
      namespace: namespaceOf(environment, service),
      gated: environment.gated,
    },
  };
}
