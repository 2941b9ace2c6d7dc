// SPDX-License-Identifier: Apache-2.0
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { namespaceOf } from '../namespaceOf';
import { readWorkloads } from '../readWorkloads';
import { requireVendor } from '../requireVendor';

/**
 * Lets the next rollout of a service in an environment crash.
 *
 * @remarks
 * Where nothing runs yet, the first rollout of a Workload named like the service fails.
 */
export async function failNextRollout(
  command: CommandOf<'fail-next-rollout'>,
  context: ControlContext,
): Promise<string> {
  const { service, environment } = command;
  const cluster = requireVendor(context, 'kubernetes');
  const namespace = namespaceOf(command);
  const running = readWorkloads(cluster, namespace).map(({ name }) => name);
  for (const name of running.length > 0 ? running : [service]) {
    cluster.controls.failNextRollout(
      { namespace, name },
      { kind: 'crash-loop', message: 'Simulated: this version crashes' },
    );
  }
  return `The next rollout of ${service} in ${environment} will fail`;
}
