// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentDelivery,
  WorkloadEvent,
} from 'backstage-plugin-delivery-common';

/** What the cluster warned of last about Workloads that are not well. */
export function lastWarning({
  workloads,
}: Pick<EnvironmentDelivery, 'workloads'>): WorkloadEvent | undefined {
  return workloads
    .filter(({ health }) => health !== 'healthy')
    .flatMap(({ events = [] }) => events)
    .sort((a, b) => b.at.localeCompare(a.at))[0];
}
