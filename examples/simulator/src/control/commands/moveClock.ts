// SPDX-License-Identifier: Apache-2.0
import type { CommandOf } from '../commandSchema';
import type { ControlContext } from '../ControlContext';

/** Moves the simulated clock forward. */
export async function moveClock(
  command: CommandOf<'move-clock'>,
  context: ControlContext,
): Promise<string> {
  context.clock.advance(Math.round(command.minutes * 60_000));
  return `Moved the clock to ${context.clock.now().toISOString()}`;
}
