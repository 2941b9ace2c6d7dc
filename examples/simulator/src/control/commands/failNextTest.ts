// SPDX-License-Identifier: Apache-2.0
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { namespaceOf } from '../namespaceOf';
import { requireVendor } from '../requireVendor';

/** Lets the Job that tries out what was deployed fail, the next time it runs. */
export async function failNextTest(
  command: CommandOf<'fail-next-test'>,
  context: ControlContext,
): Promise<string> {
  const { service, environment } = command;
  requireVendor(context, 'kubernetes').controls.failNextRollout(
    { namespace: namespaceOf(command), name: `${service}-test` },
    { kind: 'crash-loop', message: 'Simulated: this test fails' },
  );
  return `The next test of ${service} in ${environment} will fail`;
}
