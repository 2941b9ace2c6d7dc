// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentDelivery } from 'backstage-plugin-delivery-common';

/**
 * How often the Pods of what is not well were restarted, "restarted 14 times".
 *
 * @remarks
 * Old restarts of what is well are no news.
 */
export function restartsText({
  health,
  workloads,
}: Pick<EnvironmentDelivery, 'health' | 'workloads'>): string | undefined {
  const restarts = workloads.reduce(
    (sum, workload) => sum + (workload.restarts ?? 0),
    0,
  );
  if (restarts === 0 || health === 'healthy') {
    return undefined;
  }
  return restarts === 1 ? 'restarted once' : `restarted ${restarts} times`;
}
