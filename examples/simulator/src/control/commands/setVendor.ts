// SPDX-License-Identifier: Apache-2.0
import type { VendorFault } from '../../http/FaultyHandler';
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { requireVendor } from '../requireVendor';

const SLOW_MS = 5_000;

/** Takes a vendor down, slows it, or brings it back. */
export async function setVendor(
  command: CommandOf<'set-vendor'>,
  context: ControlContext,
): Promise<string> {
  const { vendor, condition } = command;
  requireVendor(context, vendor).setFault(faultOf(condition));
  return condition === 'normal'
    ? `Brought ${vendor} back`
    : `Made ${vendor} ${WORDS[condition]}`;
}

const WORDS = {
  slow: 'slow',
  error: 'answer errors',
  down: 'unreachable',
} as const;

function faultOf(condition: CommandOf<'set-vendor'>['condition']): VendorFault {
  switch (condition) {
    case 'slow':
      return { kind: 'slow', milliseconds: SLOW_MS };
    case 'error':
      return { kind: 'error', status: 503 };
    case 'down':
      return { kind: 'down' };
    default:
      return { kind: 'none' };
  }
}
