// SPDX-License-Identifier: Apache-2.0
import type { Environment } from 'backstage-plugin-delivery-common';
import { namespaceOf } from '../catalog/namespaceOf';
import type { EnvironmentConfig } from '../config/DeliveryConfig';

/** An Environment of a Service as everybody may see it. */
export function toEnvironment(
  config: EnvironmentConfig,
  service: { name: string },
): Environment {
  return {
    name: config.name,
    tier: config.tier,
    after: [...config.after],
    entry: config.entry,
    cluster: config.cluster,
    namespace: namespaceOf(config, service),
  };
}
