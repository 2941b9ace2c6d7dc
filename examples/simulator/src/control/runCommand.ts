// SPDX-License-Identifier: Apache-2.0
import type { Command } from './commandSchema';
import { applyImage } from './commands/applyImage';
import { changeServiceValue } from './commands/changeServiceValue';
import { failNextRollout } from './commands/failNextRollout';
import { moveClock } from './commands/moveClock';
import { pushSource } from './commands/pushSource';
import { setVendor } from './commands/setVendor';
import type { ControlContext } from './ControlContext';

/** Does what a command says; answers with one sentence that says what was done. */
export async function runCommand(
  command: Command,
  context: ControlContext,
): Promise<string> {
  switch (command.type) {
    case 'push-source':
      return pushSource(command, context);
    case 'change-value':
      return changeServiceValue(command, context);
    case 'fail-next-rollout':
      return failNextRollout(command, context);
    case 'apply-image':
      return applyImage(command, context);
    case 'set-vendor':
      return setVendor(command, context);
    case 'move-clock':
      return moveClock(command, context);
    default:
      return unknownCommand(command);
  }
}

function unknownCommand(command: never): never {
  throw new Error(`Unknown command ${JSON.stringify(command)}`);
}
