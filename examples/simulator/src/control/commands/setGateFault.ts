// SPDX-License-Identifier: Apache-2.0
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { requireVendor } from '../requireVendor';

const SENTENCES = {
  none: 'Gate starts Spinnaker pipelines as it should again',
  slow: 'Gate answers late when a Spinnaker pipeline is started',
  'error-before-accepting':
    'Gate answers 500 and starts nothing when a Spinnaker pipeline is started',
  'error-after-accepting':
    'Gate starts a Spinnaker pipeline and answers 500 all the same',
  'lose-response': 'Gate starts a Spinnaker pipeline and its answer gets lost',
} as const;

/** Lets Gate misbehave when a Spinnaker pipeline is started. */
export async function setGateFault(
  command: CommandOf<'set-gate-fault'>,
  context: ControlContext,
): Promise<string> {
  const { fault, times } = command;
  requireVendor(context, 'spinnaker').starts.set(fault, times);
  const often = times && fault !== 'none' ? `, ${times} time(s)` : '';
  return `${SENTENCES[fault]}${often}`;
}
