// SPDX-License-Identifier: Apache-2.0
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';
import { requireVendor } from '../requireVendor';

/** Gives a base image new content, as its publisher would. */
export async function publishBaseImage(
  command: CommandOf<'publish-base-image'>,
  context: ControlContext,
): Promise<string> {
  const { image } = command;
  const jenkins = requireVendor(context, 'jenkins');
  const { digest } = jenkins.publishBaseImage(image);
  return `${image} is ${digest.slice(0, 19)} from now on`;
}
