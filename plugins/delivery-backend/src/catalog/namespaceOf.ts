// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentConfig } from '../config/DeliveryConfig';

/** The namespace of a Service in an Environment: its pattern with the name put in. */
export function namespaceOf(
  environment: Pick<EnvironmentConfig, 'namespace'>,
  service: { name: string },
): string {
  return environment.namespace.replaceAll('{service}', service.name);
}
