// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { requireVendor } from '../requireVendor';

const WORDS = {
  slow: 'slow',
  error: 'answer errors',
  silent: 'silent',
  down: 'unreachable',
} as const;

/** Takes a vendor down, lets it misbehave, or brings it back. */
export async function setVendor(
  command: CommandOf<'set-vendor'>,
  context: ControlContext,
): Promise<string> {
  const { vendor: name, condition } = command;
  const vendor = requireVendor(context, name);
  if (!vendor.conditions.includes(condition)) {
    throw new ConflictError(
      `'${name}' cannot be put into the condition '${condition}'; it knows: ${vendor.conditions.join(
        ', ',
      )}`,
    );
  }
  await vendor.setCondition(condition);
  return condition === 'normal'
    ? `Brought ${name} back`
    : `Made ${name} ${WORDS[condition]}`;
}
