// SPDX-License-Identifier: Apache-2.0
import type { ObservedWorkload } from 'backstage-plugin-delivery-common';

/** How many pods are ready of those asked for, over all Workloads. */
export function podsOf(workloads: readonly ObservedWorkload[]): {
  ready: number;
  desired: number;
} {
  return workloads.reduce(
    (sum, workload) => ({
      ready: sum.ready + workload.ready,
      desired: sum.desired + workload.desired,
    }),
    { ready: 0, desired: 0 },
  );
}
