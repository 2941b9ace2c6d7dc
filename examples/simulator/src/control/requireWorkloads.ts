// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type { ControlContext } from './ControlContext';
import { namespaceOf } from './namespaceOf';
import { readWorkloads, WorkloadState } from './readWorkloads';
import { requireVendor } from './requireVendor';

/**
 * The Workloads of a service in an environment.
 *
 * @throws NotFoundError when none runs there.
 */
export function requireWorkloads(
  context: ControlContext,
  target: { service: string; environment: string },
): WorkloadState[] {
  const namespace = namespaceOf(target);
  const cluster = requireVendor(context, 'kubernetes');
  const workloads = readWorkloads(cluster, namespace);
  if (workloads.length === 0) {
    throw new NotFoundError(
      `Nothing of '${target.service}' runs in ${target.environment}: the namespace ${namespace} has no Workload`,
    );
  }
  return workloads;
}
